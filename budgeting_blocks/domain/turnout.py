"""Who voted, in figures that point at nobody. Plain Python.

A group under `SMALLEST` is not shown. As the number of voters is public, what is shown and one subtraction would tell it all
the same; so the next group is hidden as well, and only their sum comes out, which is no small group.
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
    """The groups in their order, with small ones and at least one more hidden; all of them where there are too few.

    Which others are hidden depends on their place alone, never on their size: whoever knows this rule would else work back
    from it. Groups without a voter count as small: that nobody of them voted is told about each of them.
    """
    rows = list(groups)
    hidden = {n for n, row in enumerate(rows) if row.voters is None or row.voters < smallest}
    if hidden:
        last = max(hidden)
        rest = [n for n in (*range(last + 1, len(rows)), *range(last - 1, -1, -1)) if n not in hidden]
        is_enough = False
        while rest and not is_enough:
            hidden.add(rest.pop(0))
            # One more than the least: a sum of just that, with empty groups in it, could be made up in one way only.
            is_enough = sum(rows[n].voters or 0 for n in hidden) > smallest
    return tuple(Group(row.key, row.label, None if n in hidden else row.voters) for n, row in enumerate(rows))
