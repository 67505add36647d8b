"""The rows of a sheet of assessments: what each changes, and what the rules say to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from budgeting_blocks.domain.screening import Answer
from budgeting_blocks.models import Screening
from budgeting_blocks.selectors.screening import visible_screenings
from budgeting_blocks.services.assessing import Assessed, Assessment, Ground, assess, grounds_of
from cms.common.errors import ServiceError
from cms.users.models import Unit, User

PLAIN_FIELDS = ("state", "cost", "reasons", "upkeep", "cost_explanation", "upkeep_explanation")


@dataclass(slots=True)
class Change:
    """One cell that differs. `value` is JSON-able: what to store; `old` and `new` are for reading."""

    key: str
    label: str
    old: str
    new: str
    value: Any


@dataclass(slots=True)
class Row:
    """One line of the file. `number` as the spreadsheet counts it; without a change there is nothing to do."""

    number: int
    proposal: int | None = None
    title: str = ""
    version: int | None = None
    changes: list[Change] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Row:
        return cls(**{**data, "changes": [Change(**change) for change in data["changes"]]})


def screenings_of(user: User, ids: Iterable[int]) -> dict[int, Screening]:
    """By proposal, with all that the rules look at: the same number of queries for each number of rows."""
    prefetch_related_objects([user], "units")
    found = (
        visible_screenings(user)
        .filter(proposal__in=set(ids))
        .select_related("proposal__round", "unit", "pot")
        .prefetch_related("findings")
    )
    return {screening.proposal_id: screening for screening in found}


def held_screenings(user: User, ids: Iterable[int]) -> dict[int, Screening]:
    """The same, locked until the transaction ends."""
    wanted = set(ids)
    list(Screening.objects.select_for_update().filter(proposal__in=wanted).order_by("pk").values_list("pk"))
    return screenings_of(user, wanted)


def try_rows(
    rows: list[Row], screenings: dict[int, Screening], user: User, now: datetime
) -> list[tuple[Screening, Assessed]]:
    """Change each row's assessment in memory; what the rules say to it becomes the row's fault. Returns the good ones."""
    rounds = {screening.proposal.round_id: screening.proposal.round for screening in screenings.values()}
    values = _Values(grounds_of(rounds.values(), now))
    good = []
    for row in rows:
        if not row.changes or row.errors:
            continue
        screening = screenings.get(row.proposal or 0)
        if screening is None:
            row.errors.append(_("Tällaista ehdotusta ei ole, tai se ei kuulu sinun arvioitaviisi."))
        elif row.version != screening.version:
            row.errors.append(_("Joku muu on muuttanut arviointia sillä välin. Lataa taulukko uudelleen."))
        else:
            ground = values.grounds[screening.proposal.round_id]
            try:
                good.append((screening, assess(screening, values.of(row, screening), ground, user, now)))
            except (ServiceError, ValidationError) as error:
                row.errors.append(error.message if isinstance(error, ServiceError) else " ".join(error.messages))
    return good


class _Values:
    """Turns a row's stored JSON back into an assessment; units and pots are read once."""

    def __init__(self, grounds: dict[int, Ground]) -> None:
        self.grounds = grounds
        self.units = Unit.objects.in_bulk()
        self.pots = {pot.pk: pot for ground in grounds.values() for pot in ground.pots}

    def of(self, row: Row, screening: Screening) -> Assessment:
        values = {change.key: change.value for change in row.changes}
        given: dict[str, Any] = {name: getattr(screening, name) for name in ("state", "cost", "reasons")}
        given |= {name: values[name] for name in PLAIN_FIELDS if name in values}
        for name, known in (("unit", self.units), ("pot", self.pots)):
            if name in values:
                given[name] = known.get(values[name])
        if "due_on" in values:
            given["due_on"] = date.fromisoformat(values["due_on"]) if values["due_on"] else None
        return Assessment(**given, findings=_findings(screening, values))


def _findings(screening: Screening, values: dict[str, Any]) -> dict[int, Answer | None]:
    """The criteria that a row changes, each with both of its parts."""
    stored = {finding.criterion_id: finding for finding in screening.findings.all()}
    found: dict[int, Answer | None] = {}
    for pk in {int(key.partition(":")[2]) for key in values if ":" in key}:
        finding = stored.get(pk)
        met = values.get(f"met:{pk}", finding.met if finding else None)
        reason = values.get(f"reason:{pk}", finding.reason if finding else "")
        found[pk] = None if met is None else Answer(met, reason)
    return found
