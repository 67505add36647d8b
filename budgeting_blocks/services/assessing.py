"""What may become of one assessment: changed in memory as the rules let it, without asking the database.

So a sheet of hundreds of rows can be tried out, and stored, for what one reading of its rounds costs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from budgeting_blocks.choices import ScreeningState
from budgeting_blocks.domain.screening import Answer, Finding, State, missing
from budgeting_blocks.models import Criterion, CriterionFinding, Pot, Proposal, Round, Screening
from budgeting_blocks.permissions import can_screen_proposal
from budgeting_blocks.permissions.screening import can_assign_screening, can_change_ballot
from cms.common.decision import Decision
from cms.common.errors import ServiceError
from cms.users.models import Unit, User

MISSING_MESSAGES = {
    "cost": "Anna kustannusarvio: äänestykseen etenevällä on oltava hinta.",
    "reasons": "Kirjoita perustelut: ne näkyvät kaikille.",
}
T = TypeVar("T")


class Keep(Enum):
    """`KEEP` in place of a value leaves what is stored."""

    KEEP = "keep"


KEEP = Keep.KEEP


class ScreeningError(ServiceError):
    """An assessment was refused."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What the rules ask of a round, read once. `ballot`: whether what stands on its ballot may change."""

    criteria: dict[int, Criterion]
    pots: list[Pot]
    ballot: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What somebody writes into an assessment. `findings`: by the criterion's id; None takes a finding away, criteria that
    are not named keep theirs."""

    state: str
    cost: int | None
    reasons: str
    unit: Unit | Keep | None = KEEP
    due_on: date | Keep | None = KEEP
    pot: Pot | Keep | None = KEEP
    upkeep: int | Keep | None = KEEP
    cost_explanation: str | Keep = KEEP
    upkeep_explanation: str | Keep = KEEP
    findings: Mapping[int, Answer | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assessed:
    """What remains to be stored besides the assessment itself, and what the ballot depended on before."""

    before: Finding
    kept: list[CriterionFinding]
    dropped: list[CriterionFinding]


def grounds_of(rounds: Iterable[Round], now: datetime) -> dict[int, Ground]:
    """What the rules ask of each round, by its id."""
    return {
        round.pk: Ground(
            criteria={criterion.pk: criterion for criterion in Criterion.objects.filter(round=round)},
            pots=list(Pot.objects.filter(round=round)),
            ballot=can_change_ballot(round, now),
        )
        for round in rounds
    }


def assess(screening: Screening, wanted: Assessment, ground: Ground, user: User | None, now: datetime) -> Assessed:
    """Change the assessment in memory, its version too, or raise ScreeningError or ValidationError (by field).

    Reads `proposal`, its `round`, `unit`, `pot` and `findings` of the screening and the user's units: fetch them before.
    """
    proposal = screening.proposal
    if wanted.state not in ScreeningState.values:
        raise ScreeningError(_("Valitse tila luettelosta."), "state")
    _require_right_to_share(user, screening, {"unit": wanted.unit, "due_on": wanted.due_on, "pot": wanted.pot})
    pot = screening.pot if isinstance(wanted.pot, Keep) else wanted.pot
    if wanted.pot is KEEP and pot is None and wanted.state == ScreeningState.PROCEEDS:
        pot = _natural_pot(proposal, ground.pots)
    before = finding_of(screening)
    after = Finding(State(wanted.state), wanted.cost, _or(wanted.upkeep, screening.upkeep), pot.pk if pot else None)
    _require_right_to_decide(user, proposal, before, after, ground, now)
    for name in sorted(missing(wanted.state, cost=wanted.cost, reasons=wanted.reasons)):
        raise ScreeningError(_(MISSING_MESSAGES[name]), name)
    _require_fitting_pot(proposal, wanted.state, pot, ground.pots)
    screening.state, screening.cost, screening.reasons = wanted.state, wanted.cost, wanted.reasons.strip()
    screening.pot, screening.upkeep = pot, after.upkeep
    screening.unit, screening.due_on = _or(wanted.unit, screening.unit), _or(wanted.due_on, screening.due_on)
    screening.cost_explanation = _or(wanted.cost_explanation, screening.cost_explanation).strip()
    screening.upkeep_explanation = _or(wanted.upkeep_explanation, screening.upkeep_explanation).strip()
    screening.version += 1
    # Not `full_clean`: it asks the database for each key and each constraint, which are all asked above, in words.
    screening.clean_fields(exclude=["proposal", "unit", "pot"])
    kept, dropped = _assess_criteria(screening, wanted.findings, ground)
    return Assessed(before, kept, dropped)


def finding_of(screening: Screening) -> Finding:
    """What the ballot depends on."""
    return Finding(State(screening.state), screening.cost, screening.upkeep, screening.pot_id)


def criterion_field(pk: int, part: str) -> str:
    """The form field of a criterion: `part` is "met" or "reason"."""
    return f"criterion-{pk}-{part}"


def _or(value: T | Keep, stored: T) -> T:
    return stored if isinstance(value, Keep) else value


def _require_right_to_share(user: User | None, screening: Screening, shared: dict[str, Any]) -> None:
    """Unit, due date and pot belong to those who share the work out."""
    for name, value in shared.items():
        if value is KEEP or value == getattr(screening, name):
            continue
        if not (decision := can_assign_screening(user)):
            raise ScreeningError(decision.reason, name)


def _require_right_to_decide(
    user: User | None, proposal: Proposal, before: Finding, after: Finding, ground: Ground, now: datetime
) -> None:
    allowed = can_screen_proposal(user, proposal, before, after, now, ballot=ground.ballot)
    if allowed:
        return
    changed = ("state", "cost", "upkeep", "pot")
    name = next((name for name in changed if getattr(before, name) != getattr(after, name)), "state")
    raise ScreeningError(allowed.reason, name)


def _natural_pot(proposal: Proposal, pots: list[Pot]) -> Pot | None:
    of_area = [pot for pot in pots if pot.area_id is not None and pot.area_id == proposal.area_id]
    of_all = [pot for pot in pots if pot.area_id is None]
    return next(iter(of_area or (of_all if len(of_all) == 1 else [])), None)


def _require_fitting_pot(proposal: Proposal, state: str, pot: Pot | None, pots: list[Pot]) -> None:
    if pot is not None:
        if pot.round_id != proposal.round_id:
            raise ScreeningError(_("Valitse ehdotuksen oman kierroksen osuus."), "pot")
    elif state == ScreeningState.PROCEEDS and pots:
        raise ScreeningError(_("Valitse osuus, jonka rahasta ehdotus kilpailee."), "pot")


def _assess_criteria(
    screening: Screening, answers: Mapping[int, Answer | None], ground: Ground
) -> tuple[list[CriterionFinding], list[CriterionFinding]]:
    """The findings to store and those to take away. Where one is not met, the proposal does not go on to the vote."""
    stored = {found.criterion_id: found for found in screening.findings.all()} if screening.pk else {}
    kept, dropped = [], []
    for pk, answer in answers.items():
        if pk not in ground.criteria:
            raise ScreeningError(_("Kriteeri kuuluu toiselle kierrokselle."))
        found = stored.pop(pk, None)
        if answer is None:
            dropped += [found] if found else []
            continue
        found = found or CriterionFinding(screening=screening, criterion=ground.criteria[pk])
        found.met, found.reason = answer.met, answer.reason.strip()
        if not found.met and not found.reason:
            raise ScreeningError(
                _("Kerro, miksi kriteeri ei täyty: %(name)s") % {"name": ground.criteria[pk].name},
                criterion_field(pk, "reason"),
            )
        found.clean_fields(exclude=["screening", "criterion"])
        kept.append(found)
    unmet = next((found for found in (*stored.values(), *kept) if not found.met), None)
    if screening.state == ScreeningState.PROCEEDS and unmet is not None:
        raise ScreeningError(
            _("Ehdotus ei täytä kriteeriä ”%(name)s”, joten se ei voi edetä äänestykseen.")
            % {"name": ground.criteria[unmet.criterion_id].name},
            "state",
        )
    return kept, dropped
