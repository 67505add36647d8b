"""A spreadsheet of assessments comes back: first shown row by row, then taken in as it was shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgeting_blocks.choices import ScreeningState
from budgeting_blocks.domain.screening import Answer
from budgeting_blocks.models import Criterion, Pot, Screening, ScreeningImport
from budgeting_blocks.selectors.screening import visible_screenings
from budgeting_blocks.services.screening import ScreeningError, StaleScreening, record_screening
from budgeting_blocks.sheets import BY_KEY, CellReader, column_keys, day_text, met_text
from cms.common.errors import ServiceError
from cms.common.exports import safe_cell
from cms.common.spreadsheets import plain_text, read_sheet
from cms.users.models import Unit, User

MAX_ROWS = 2000
MAX_COLUMNS = 200
# Each changed row is saved twice, in the preview and at the end: a request must not last for minutes.
MAX_CHANGES = 300
DRAFT_DAYS = 2
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


def preview_import(*, file: IO[bytes], filename: str, user: User, now: datetime | None = None) -> ScreeningImport:
    """Read the file and find out what it would change, without changing anything: each row is tried and taken back.

    The rows are kept for `apply_import`. Raises ScreeningError or SpreadsheetError for a file that is no such sheet.
    """
    cells = read_sheet(file, max_rows=MAX_ROWS + 1, max_columns=MAX_COLUMNS)
    keys = column_keys(cells[0]) if cells else []
    if missing := [str(BY_KEY[key].heading) for key in ("id", "version") if key not in keys]:
        raise ScreeningError(_("Taulukosta puuttuu sarake: %(names)s.") % {"names": ", ".join(missing)})
    if repeated := [key for key, count in Counter(filter(None, keys)).items() if count > 1]:
        raise ScreeningError(_("Sarake on taulukossa kahdesti: %(names)s.") % {"names": ", ".join(repeated)})
    rows = _Planner(user).plan(keys, cells[1:])
    wanted = [row for row in rows if row.changes and not row.errors]
    if len(wanted) > MAX_CHANGES:
        message = _("Taulukossa muuttuu %(count)d riviä. Tuo kerralla enintään %(most)d muuttuvaa riviä.")
        raise ScreeningError(message % {"count": len(wanted), "most": MAX_CHANGES})
    for row in wanted:
        _try_row(row, user, now)
    # A person has one sheet on its way at a time.
    ScreeningImport.objects.filter(user=user).delete()
    return ScreeningImport.objects.create(
        user=user, filename=filename[-120:], rows=[asdict(row) for row in rows], created_at=now or timezone.now()
    )


def rows_of(draft: ScreeningImport) -> list[Row]:
    """What the preview found, in the order of the file."""
    return [Row.from_json(row) for row in draft.rows]


@transaction.atomic
def apply_import(*, draft: ScreeningImport, user: User, skip_faulty: bool = False, now: datetime | None = None) -> int:
    """Take in what the preview showed, all or nothing. Returns how many assessments changed.

    Rows that were faulty in the preview refuse the whole sheet, unless `skip_faulty` leaves them out. Raises ScreeningError,
    also for a row that somebody has changed since the preview; then nothing has changed.
    """
    draft = ScreeningImport.objects.select_for_update().get(pk=draft.pk, user=user)
    rows = rows_of(draft)
    faulty = sum(bool(row.errors) for row in rows)
    if faulty and not skip_faulty:
        raise ScreeningError(
            ngettext(
                "%(count)d rivillä on virhe, joten mitään ei tallennettu.",
                "%(count)d rivillä on virheitä, joten mitään ei tallennettu.",
                faulty,
            )
            % {"count": faulty}
        )
    wanted = [row for row in rows if row.changes and not row.errors]
    for row in wanted:
        try:
            _apply_row(row, user, now)
        except (ServiceError, ValidationError, Screening.DoesNotExist) as error:
            message = _("Rivi %(number)d, %(title)s: %(message)s Mitään ei tallennettu.")
            values = {"number": row.number, "title": row.title, "message": _message(error)}
            raise ScreeningError(message % values) from error
    draft.delete()
    return len(wanted)


def purge_imports(now: datetime) -> int:
    """Drop sheets that nobody confirmed. Returns how many."""
    return ScreeningImport.objects.filter(created_at__lt=now - timedelta(days=DRAFT_DAYS)).delete()[0]


class _Planner:
    """Compares the file's cells with what is stored; reads everything that it needs once."""

    def __init__(self, user: User) -> None:
        self.user, self.reader = user, CellReader()

    def plan(self, keys: list[str], lines: list[tuple[Any, ...]]) -> list[Row]:
        place = {key: index for index, key in enumerate(keys) if key}
        rows: list[tuple[Row, dict[str, Any]]] = []
        for number, line in enumerate(lines, start=2):
            if all(cell in (None, "") for cell in line):
                continue
            cells = {key: line[index] if index < len(line) else None for key, index in place.items()}
            rows.append((self._begin(number, cells), cells))
        self._read_records([row.proposal for row, _cells in rows if row.proposal])
        seen: Counter[int] = Counter()
        for row, cells in rows:
            if row.proposal is not None:
                seen[row.proposal] += 1
                self._compare(row, cells, repeated=seen[row.proposal] > 1)
        return [row for row, _cells in rows]

    def _begin(self, number: int, cells: dict[str, Any]) -> Row:
        row = Row(number)
        try:
            row.proposal, row.version = (self.reader.read(key, cells[key], {}) for key in ("id", "version"))
        except ValueError as error:
            row.errors.append(str(error))
        else:
            if row.proposal is None or row.version is None:
                row.errors.append(_("Rivin numero tai versio puuttuu. Lataa taulukko uudelleen."))
                row.proposal = None
        return row

    def _read_records(self, ids: Iterable[int]) -> None:
        """What the user may not see is not known here, as if it were not there."""
        found = (
            visible_screenings(self.user)
            .filter(proposal__in=set(ids))
            .select_related("proposal__round", "proposal__theme", "unit", "pot")
            .prefetch_related("findings")
        )
        self.screenings = {screening.proposal_id: screening for screening in found}
        rounds = {screening.proposal.round_id for screening in found}
        self.pots: dict[int, dict[str, Pot]] = {pk: {} for pk in rounds}
        for pot in Pot.objects.filter(round__in=rounds):
            self.pots[pot.round_id][pot.name.casefold()] = pot
        self.criteria = {criterion.pk: criterion for criterion in Criterion.objects.filter(round__in=rounds)}

    def _compare(self, row: Row, cells: dict[str, Any], *, repeated: bool) -> None:
        screening = self.screenings.get(row.proposal or 0)
        if screening is None:
            row.errors.append(_("Tällaista ehdotusta ei ole, tai se ei kuulu sinun arvioitaviisi."))
            return
        row.title = screening.proposal.title
        if repeated:
            row.errors.append(_("Sama ehdotus on taulukossa kahdesti."))
            return
        for key, cell in cells.items():
            if key not in ("id", "version"):
                try:
                    self._compare_cell(row, screening, key, cell)
                except ValueError as error:
                    row.errors.append(str(error))
        if row.changes and row.version != screening.version:
            row.errors.append(_("Arviointi on muuttunut taulukon lataamisen jälkeen. Lataa taulukko uudelleen."))

    def _compare_cell(self, row: Row, screening: Screening, key: str, cell: object) -> None:
        label, old, stored = self._stored(screening, key)
        text = plain_text(cell)
        if text.strip() in (old.strip(), safe_cell(old).strip()):
            return
        value = self.reader.read(key, cell, self.pots[screening.proposal.round_id])
        if value == stored:
            return
        if criterion_id := key.partition(":")[2]:
            criterion = self.criteria.get(int(criterion_id))
            if criterion is None or criterion.round_id != screening.proposal.round_id:
                raise ValueError(_("Kriteeri kuuluu toiselle kierrokselle."))
        row.changes.append(Change(key, label, old, _shown(key, value), _as_json(value)))

    def _stored(self, screening: Screening, key: str) -> tuple[str, str, Any]:
        """The column's name, what the cell held when it was sent out, and the value behind it."""
        kind, _colon, pk = key.partition(":")
        if not pk:
            value = getattr(screening, kind)
            return str(BY_KEY[key].heading), _plain(BY_KEY[key].show(screening)), value
        finding = next((f for f in screening.findings.all() if f.criterion_id == int(pk)), None)
        name = self.criteria[int(pk)].name if int(pk) in self.criteria else f"K{pk}"
        if kind == "met":
            met = finding.met if finding else None
            return name, met_text(met), met
        reason = finding.reason if finding else ""
        return _("Perustelu: ") + name, reason, reason


def _plain(value: object) -> str:
    return "" if value is None else str(value)


def _shown(key: str, value: Any) -> str:
    if key == "state":
        return str(ScreeningState(value).label)
    if key.startswith("met:"):
        return met_text(value)
    return day_text(value) if isinstance(value, date) else _plain(value)


def _as_json(value: Any) -> Any:
    if isinstance(value, Unit | Pot):
        return value.pk
    return value.isoformat() if isinstance(value, date) else value


def _try_row(row: Row, user: User, now: datetime | None) -> None:
    """Save the row and take it back, so that the preview tells what the rules say to it."""
    try:
        with transaction.atomic():
            _apply_row(row, user, now)
            transaction.set_rollback(True)
    except (ServiceError, ValidationError, Screening.DoesNotExist) as error:
        row.errors.append(_message(error))


def _apply_row(row: Row, user: User, now: datetime | None) -> None:
    screening = (
        visible_screenings(user)
        .select_related("proposal__round", "unit", "pot")
        .prefetch_related("findings")
        .get(proposal=row.proposal)
    )
    values = {change.key: change.value for change in row.changes}
    given: dict[str, Any] = {name: values[name] for name in PLAIN_FIELDS if name in values}
    if "unit" in values:
        given["unit"] = Unit.objects.get(pk=values["unit"]) if values["unit"] else None
    if "pot" in values:
        given["pot"] = Pot.objects.get(pk=values["pot"]) if values["pot"] else None
    if "due_on" in values:
        given["due_on"] = date.fromisoformat(values["due_on"]) if values["due_on"] else None
    record_screening(
        **{name: getattr(screening, name) for name in ("state", "cost", "reasons")} | given,
        proposal=screening.proposal,
        findings=_findings(screening, values),
        version=row.version,
        user=user,
    )


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


def _message(error: Exception) -> str:
    if isinstance(error, StaleScreening):
        return _("Joku muu on muuttanut arviointia sillä välin.")
    if isinstance(error, ServiceError):
        return error.message
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return _("Tällaista ehdotusta ei ole, tai se ei kuulu sinun arvioitaviisi.")
