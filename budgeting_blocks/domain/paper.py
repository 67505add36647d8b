"""Reading ballots of paper: what two readers say of one sheet, and whether a batch comes out even. Plain Python."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class VoidReason(StrEnum):
    """Why a sheet of paper gives no vote."""

    EMPTY = "empty"
    OVER_LIMIT = "over_limit"
    UNREADABLE = "unreadable"
    NAMED = "named"
    UNOFFICIAL = "unofficial"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader saw on a sheet: points by item (a proposal's id), or why it is void."""

    choices: Mapping[int, int] = field(default_factory=dict)
    void: str = ""


class SheetState(StrEnum):
    """How far the reading of a sheet is."""

    WAITS = "waits"
    DIFFERS = "differs"
    SETTLED = "settled"


def settle(readings: Sequence[Reading], decision: Reading | None) -> tuple[SheetState, Reading | None]:
    """What a sheet says: what its two readers agree on, or what was decided when they do not."""
    if decision is not None:
        return SheetState.SETTLED, decision
    if len(readings) < 2:
        return SheetState.WAITS, None
    first, second = readings[:2]
    return (SheetState.SETTLED, first) if first == second else (SheetState.DIFFERS, None)


class BadMark(ValueError):
    """A part of what was typed is no mark; the part is the argument."""


_MARK = re.compile(r"(\d{1,6})(?:[=:](\d{1,4}))?")


def parse_marks(text: str) -> list[tuple[int, int]]:
    """Numbers of items with their points, from ”3 7 12” or, on a ballot of points, ”3=5 7=2”. Commas do as well."""
    marks = []
    for part in re.split(r"[\s,;]+", text.strip()):
        if not part:
            continue
        found = _MARK.fullmatch(part)
        if found is None:
            raise BadMark(part)
        marks.append((int(found[1]), int(found[2] or 1)))
    return marks


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The numbers of a batch. `accepted` envelopes hold the sheets; `good` and `void` are settled sheets."""

    printed: int
    unused: int
    received: int
    accepted: int
    duplicates: int
    unknown: int
    sheets: int
    waiting: int
    differing: int
    decided: int
    good: int
    void: Mapping[str, int]

    @property
    def not_returned(self) -> int:
        """Papers given out that nobody brought back; below zero when more came than were made."""
        return self.printed - self.unused - self.received

    @property
    def unhandled(self) -> int:
        """Envelopes that are not checked against the register."""
        return self.received - self.accepted - self.duplicates - self.unknown

    @property
    def void_in_all(self) -> int:
        return sum(self.void.values())

    @property
    def difference(self) -> int:
        """Sheets less accepted envelopes: nought when the batch is even."""
        return self.sheets - self.accepted
