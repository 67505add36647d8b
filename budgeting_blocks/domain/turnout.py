"""Who voted, in figures that point at nobody. Plain Python.

A group under `SMALLEST` is not shown. As the number of voters is public, what is shown and one subtraction would tell it all
the same; so enough other groups are hidden with it that only their sum comes out, and that sum is no small group.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SMALLEST = 5


@dataclass(frozen=True, slots=True)
class Group:
    """One row of a table. `voters` None: hidden."""

    key: str
    label: str
    voters: int | None


def hide_small(groups: Iterable[Group], smallest: int = SMALLEST) -> tuple[Group, ...]:
    """The groups in their order, with small ones and as many others hidden as it takes.

    Either nothing is hidden, or at least two groups are whose sum is at least `smallest`; a table in which that cannot be
    is hidden whole. Groups without a voter count as small: that nobody of them voted is told about each of them.
    """
    rows = list(groups)
    hidden = {n for n, row in enumerate(rows) if row.voters is None or row.voters < smallest}
    if hidden:
        # The order of the rest depends on their size alone, the earlier first among equals.
        rest = sorted((n for n in range(len(rows)) if n not in hidden), key=lambda n: (rows[n].voters or 0, n))
        while rest and not _is_safe([rows[n].voters or 0 for n in hidden], smallest):
            hidden.add(rest.pop(0))
    return tuple(Group(row.key, row.label, None if n in hidden else row.voters) for n, row in enumerate(rows))


def _is_safe(hidden: list[int], smallest: int) -> bool:
    # Small groups that add up to the most that small ones can would all be that most.
    total = sum(hidden)
    return len(hidden) > 1 and total >= smallest and total != len(hidden) * (smallest - 1)
