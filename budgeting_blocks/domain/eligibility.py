"""Who may vote, by age and home. Plain Python; the day is passed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from budgeting_blocks.domain.freezing import Rules

# The first age of each band and its key; the keys are those of `choices.AgeBand`.
_BANDS = ((65, "65-"), (45, "45-64"), (30, "30-44"), (18, "18-29"), (15, "15-17"), (0, "-14"))
_CENTURIES = (("+", 1800), ("-UVWXY", 1900), ("ABCDEF", 2000))


class Fault(StrEnum):
    """Why somebody may not vote."""

    TOO_YOUNG = "too-young"
    NOT_RESIDENT = "not-resident"
    NOT_KNOWN = "not-known"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a means tells of a person. None: it does not tell. `birth` may be exact or, with only a year known, the year."""

    birth: date | int | None = None
    resident: bool | None = None


def age_on(birth: date | int, day: date) -> int:
    """Full years on `day`. Of a birth year alone: the age reached in that year, which nobody is kept out by."""
    if isinstance(birth, int):
        return day.year - birth
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def age_band(birth: date | int | None, day: date) -> str:
    """The band in which turnout is told, or "" when the age is not known."""
    if birth is None or (age := age_on(birth, day)) < 0:
        return ""
    return next(key for first, key in _BANDS if age >= first)


def find_fault(rules: Rules, facts: Facts, first_day: date) -> Fault | None:
    """What keeps a person with these facts from voting, by the age on the first day of the vote. A fact that the rules need
    and nobody tells is a fault too."""
    if rules.min_age:
        if facts.birth is None:
            return Fault.NOT_KNOWN
        if age_on(facts.birth, first_day) < rules.min_age:
            return Fault.TOO_YOUNG
    if rules.residents_only:
        if facts.resident is None:
            return Fault.NOT_KNOWN
        if not facts.resident:
            return Fault.NOT_RESIDENT
    return None


def asks_declaration(rules: Rules) -> bool:
    """Whether a voter whom no register vouches for must say themself that they may vote."""
    return bool(rules.min_age) or rules.residents_only


def birth_of_hetu(hetu: str) -> date | None:
    """The day of birth in a Finnish personal identity code; None when it holds no day. Its check sign is not looked at."""
    text = hetu.strip().upper()
    century = next((years for signs, years in _CENTURIES if text[6:7] and text[6] in signs), None)
    if century is None or not (text[:6].isascii() and text[:6].isdigit()):
        return None
    try:
        return date(century + int(text[4:6]), int(text[2:4]), int(text[:2]))
    except ValueError:
        return None
