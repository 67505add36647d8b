"""A spreadsheet of assessments comes back: first shown row by row, then taken in as it was shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import IO, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgeting_blocks.choices import ScreeningState
from budgeting_blocks.models import Criterion, Pot, Screening, ScreeningImport
from budgeting_blocks.services.assessing import ScreeningError
from budgeting_blocks.services.screening import store_assessed
from budgeting_blocks.services.sheet_rows import Change, Row, held_screenings, screenings_of, try_rows
from budgeting_blocks.sheets import BY_KEY, CellReader, column_keys, day_text, met_text
from cms.common.exports import safe_cell
from cms.common.spreadsheets import plain_text, read_sheet
from cms.users.models import Unit, User

MAX_ROWS = 2000
MAX_COLUMNS = 200
DRAFT_DAYS = 2


def preview_import(*, file: IO[bytes], filename: str, user: User, now: datetime | None = None) -> ScreeningImport:
    """Read the file and find out what it would change, without changing anything: each row is tried in memory.

    The rows are kept for `apply_import`. Raises ScreeningError or SpreadsheetError for a file that is no such sheet.
    """
    cells = read_sheet(file, max_rows=MAX_ROWS + 1, max_columns=MAX_COLUMNS)
    keys = column_keys(cells[0]) if cells else []
    if missing := [str(BY_KEY[key].heading) for key in ("id", "version") if key not in keys]:
        raise ScreeningError(_("Taulukosta puuttuu sarake: %(names)s.") % {"names": ", ".join(missing)})
    if repeated := [key for key, count in Counter(filter(None, keys)).items() if count > 1]:
        raise ScreeningError(_("Sarake on taulukossa kahdesti: %(names)s.") % {"names": ", ".join(repeated)})
    now = now or timezone.now()
    planner = _Planner(user)
    rows = planner.plan(keys, cells[1:])
    try_rows(rows, planner.screenings, user, now)
    # A person has one sheet on its way at a time.
    ScreeningImport.objects.filter(user=user).delete()
    return ScreeningImport.objects.create(
        user=user, filename=filename[-120:], rows=[asdict(row) for row in rows], created_at=now
    )


def rows_of(draft: ScreeningImport) -> list[Row]:
    """What the preview found, in the order of the file."""
    return [Row.from_json(row) for row in draft.rows]


def apply_import(*, draft: ScreeningImport, user: User, skip_faulty: bool = False, now: datetime | None = None) -> int:
    """Take in what the preview showed, all or nothing. Returns how many assessments changed.

    Raises ScreeningError, and changes nothing, when a row is faulty, unless `skip_faulty` leaves it out. A row that somebody
    has changed since the preview becomes a faulty one: `draft` then says so beside it, and can be confirmed without it.
    """
    with transaction.atomic():
        held = ScreeningImport.objects.select_for_update().get(pk=draft.pk, user=user)
        rows = rows_of(held)
        known = sum(bool(row.errors) for row in rows)
        if not known or skip_faulty:
            screenings = held_screenings(user, [row.proposal for row in rows if row.changes and row.proposal])
            tried = try_rows(rows, screenings, user, now or timezone.now())
        faulty = sum(bool(row.errors) for row in rows)
        if not faulty or (skip_faulty and faulty == known):
            for screening, assessed in tried:
                store_assessed(screening, assessed, user)
            held.delete()
            return len(tried)
        # Kept although the rest is refused: the person is to see which rows these are.
        held.rows = draft.rows = [asdict(row) for row in rows]
        held.save(update_fields=["rows"])
    raise ScreeningError(
        ngettext(
            "%(count)d rivillä on virhe, joten mitään ei tallennettu.",
            "%(count)d rivillä on virheitä, joten mitään ei tallennettu.",
            faulty,
        )
        % {"count": faulty}
    )


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
        self.screenings = screenings_of(self.user, ids)
        rounds = {screening.proposal.round_id for screening in self.screenings.values()}
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
