"""A list of people for whom letters with codes are made. Names and addresses pass through and are kept nowhere."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from django.utils.translation import gettext as _

from budgeting_blocks.domain.eligibility import age_band, age_on, birth_of_hetu
from budgeting_blocks.models import Area, Round
from budgeting_blocks.selectors.rules import rules_in_force
from budgeting_blocks.services.codes import MAX_BATCH_SIZE, CodesRefused, Recipient
from budgeting_blocks.services.persons import PersonKind, has_hetu_shape, person_hash
from budgeting_blocks.services.rights import first_day

MAX_BYTES = 4 * 1024 * 1024
PERSON_COLUMN, AREA_COLUMN = "tunnus", "alue"


@dataclass(frozen=True, slots=True)
class RecipientList:
    """`rows` go back to the printer as they came, save the identifier; `recipients` stand in the same order."""

    header: list[str]
    rows: list[list[str]]
    recipients: list[Recipient]

    @property
    def addresses(self) -> list[tuple[str, ...]]:
        """What stands in the envelope's window: every column that came back, save the area."""
        kept = [at for at, name in enumerate(self.header) if name != AREA_COLUMN]
        return [tuple(row[at] for at in kept if row[at].strip()) for row in self.rows]


def read_recipients(round: Round, content: bytes) -> RecipientList:
    """Read a CSV file (comma or semicolon, UTF-8). Raises CodesRefused with the line that is wrong, and reads nothing then."""
    header, lines = _read(content)
    if PERSON_COLUMN not in header:
        raise CodesRefused(_("Tiedostosta puuttuu sarake ”tunnus”."), "recipients")
    person_at = header.index(PERSON_COLUMN)
    area_at = header.index(AREA_COLUMN) if AREA_COLUMN in header else None
    areas = {name.casefold(): pk for pk, name in Area.objects.values_list("pk", "name")}
    min_age, day = rules_in_force(round).rules.min_age, first_day(round)
    recipients: dict[str, Recipient] = {}
    rows = []
    for number, line in enumerate(lines, start=2):
        if len(line) != len(header):
            raise _fault(number, _("sarakkeita on väärä määrä"))
        hetu = line[person_at]
        birth = birth_of_hetu(hetu) if has_hetu_shape(hetu) else None
        if birth is None:
            raise _fault(number, _("henkilötunnus ei ole oikean muotoinen"))
        if min_age and age_on(birth, day) < min_age:
            raise _fault(number, _("henkilö on alle ikärajan"))
        area = areas.get(line[area_at].strip().casefold()) if area_at is not None else None
        if area_at is not None and line[area_at].strip() and area is None:
            raise _fault(number, _("aluetta ei ole"))
        person = person_hash(round, PersonKind.HETU, hetu)
        if person in recipients:
            raise _fault(number, _("sama henkilö on jo tiedostossa"))
        recipients[person] = Recipient(person, area, age_band(birth, day))
        rows.append([cell for at, cell in enumerate(line) if at != person_at])
    if not 1 <= len(rows) <= MAX_BATCH_SIZE:
        raise CodesRefused(_("Koodeja voi tehdä kerralla 1–%(max)d.") % {"max": MAX_BATCH_SIZE}, "recipients")
    return RecipientList([name for name in header if name != PERSON_COLUMN], rows, list(recipients.values()))


def _read(content: bytes) -> tuple[list[str], list[list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CodesRefused(_("Tiedosto ei ole UTF-8-muotoinen CSV."), "recipients") from None
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    try:
        table = [line for line in csv.reader(io.StringIO(text), delimiter=delimiter) if any(line)]
    except csv.Error:
        raise CodesRefused(_("Tiedostoa ei voi lukea CSV-tiedostona."), "recipients") from None
    header = [name.strip().casefold() for name in table[0]] if table else []
    return header, table[1:]


def _fault(number: int, what: str) -> CodesRefused:
    # Never the line itself: it may hold an identity code, and messages end in logs.
    return CodesRefused(_("Rivi %(number)d: %(what)s.") % {"number": number, "what": what}, "recipients")
