"""The spreadsheet of assessments: what its columns hold on the way out, and how they are read on the way in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import formats, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgeting_blocks.choices import ScreeningState
from budgeting_blocks.models import Criterion, Pot, Screening
from cms.common.spreadsheets import plain_text
from cms.users.models import Unit

MET, UNMET = gettext_lazy("täyttyy"), gettext_lazy("ei täyty")


@dataclass(frozen=True, slots=True)
class Column:
    """`read_only`: goes out to be recognised by, and is not read again."""

    key: str
    heading: str | Promise
    show: Callable[[Screening], object]
    read_only: bool = False


COLUMNS: tuple[Column, ...] = (
    Column("id", gettext_lazy("Numero"), lambda s: s.proposal_id),
    Column("version", gettext_lazy("Versio"), lambda s: s.version),
    Column("title", gettext_lazy("Ehdotus"), lambda s: s.proposal.title, read_only=True),
    Column("summary", gettext_lazy("Tiivistelmä"), lambda s: s.proposal.summary, read_only=True),
    Column("round", gettext_lazy("Kierros"), lambda s: s.proposal.round, read_only=True),
    Column("theme", gettext_lazy("Teema"), lambda s: s.proposal.theme, read_only=True),
    Column("state", gettext_lazy("Tila"), lambda s: s.get_state_display()),
    Column("unit", gettext_lazy("Vastuuyksikkö"), lambda s: s.unit or ""),
    Column("due_on", gettext_lazy("Määräpäivä"), lambda s: day_text(s.due_on)),
    Column("pot", gettext_lazy("Osuus"), lambda s: s.pot or ""),
    Column("cost", gettext_lazy("Kustannusarvio, €"), lambda s: s.cost),
    Column("cost_explanation", gettext_lazy("Mistä kustannus muodostuu"), lambda s: s.cost_explanation),
    Column("upkeep", gettext_lazy("Ylläpito, € vuodessa"), lambda s: s.upkeep),
    Column("upkeep_explanation", gettext_lazy("Mistä ylläpito muodostuu"), lambda s: s.upkeep_explanation),
    Column("reasons", gettext_lazy("Perustelut"), lambda s: s.reasons),
)
BY_KEY = {column.key: column for column in COLUMNS}
_CRITERION = re.compile(r"^K(\d{1,18})(p?)(?:\s|$)")


def day_text(day: date | None) -> str:
    return formats.date_format(day, "j.n.Y") if day else ""


def sheet_header(criteria: Iterable[Criterion]) -> list[str]:
    """Two columns for each criterion: whether it is met, and why (not)."""
    header = [str(column.heading) for column in COLUMNS]
    for criterion in criteria:
        header += [f"K{criterion.pk} {criterion.name}", f"K{criterion.pk}p " + _("Perustelu: ") + criterion.name]
    return header


def sheet_row(screening: Screening, criteria: Sequence[Criterion]) -> list[object]:
    """The cells of one assessment; its `findings` are read from what was prefetched."""
    row = [column.show(screening) for column in COLUMNS]
    findings = {finding.criterion_id: finding for finding in screening.findings.all()}
    for criterion in criteria:
        finding = findings.get(criterion.pk)
        row += [met_text(finding.met), finding.reason] if finding else ["", ""]
    return row


def met_text(met: bool | None) -> str:
    return "" if met is None else str(MET if met else UNMET)


def column_keys(header: Sequence[object]) -> list[str]:
    """Which column each heading names: a key of `COLUMNS`, `met:ID`, `reason:ID`, or "" for a column that is not ours."""
    names = {}
    for column in COLUMNS:
        for text in _in_all_languages(column.heading):
            names[text.casefold()] = "" if column.read_only else column.key
    keys = []
    for heading in header:
        text = plain_text(heading).strip()
        found = _CRITERION.match(text)
        keys.append(f"{'reason' if found[2] else 'met'}:{int(found[1])}" if found else names.get(text.casefold(), ""))
    return keys


class CellReader:
    """Turns cells into values of the record. Each method raises ValueError with a sentence for the person."""

    def __init__(self) -> None:
        self.units = {unit.name.casefold(): unit for unit in Unit.objects.all()}
        self.states = {
            text.casefold(): state.value for state in ScreeningState for text in _in_all_languages(state.label)
        }
        self.met: dict[str, bool | None] = {"": None}
        for meant, label in ((True, MET), (False, UNMET)):
            self.met |= {text.casefold(): meant for text in _in_all_languages(label)}

    def read(self, key: str, cell: object, pots: dict[str, Pot]) -> Any:
        """The value of a cell in the column with this key; texts keep their line breaks."""
        text = plain_text(cell).strip()
        match key:
            case "state":
                return self._named(self.states, text, _("Tilaa ei ole: ”%(text)s”."))
            case "unit":
                return self._named(self.units, text, _("Yksikköä ei ole: ”%(text)s”.")) if text else None
            case "pot":
                return (
                    self._named(pots, text, _("Kierroksella ei ole tällaista osuutta: ”%(text)s”.")) if text else None
                )
            case "due_on":
                return _day(cell, text)
            case "id" | "version" | "cost" | "upkeep":
                return _whole_number(text)
        if key.startswith("met:"):
            return self._named(self.met, text, _("Kirjoita ”täyttyy” tai ”ei täyty”, ei ”%(text)s”."))
        return text

    def _named(self, known: dict[str, Any], text: str, message: str) -> Any:
        if text.casefold() not in known:
            raise ValueError(message % {"text": text[:60]})
        return known[text.casefold()]


def _whole_number(text: str) -> int | None:
    digits = re.sub(r"[\s€]|[.,]0+$", "", text)
    if not digits:
        return None
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > 9:
        raise ValueError(_("Kirjoita kokonaisluku, ei ”%(text)s”.") % {"text": text[:60]})
    return int(digits)


def _day(cell: object, text: str) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date) or not text:
        return cell if isinstance(cell, date) else None
    for pattern in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007  (a day has no time zone)
        except ValueError:
            continue
    raise ValueError(_("Kirjoita päivä näin: 31.12.2026. Nyt siinä on ”%(text)s”.") % {"text": text[:60]})


def _in_all_languages(label: str | Promise) -> set[str]:
    texts = set()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            texts.add(str(label))
    return texts
