"""Counting the votes: most votes first, as the money lasts, skipping what no longer fits. Plain Python.

An item that nobody chose is never funded. Items with equal votes stand the cheaper first, then by id, so that the count
is the same whoever makes it; but where that order decides who gets the money, it is reported as a tie and not settled in
silence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from budgeting_blocks.domain.ballots import Choice, find_problem
from budgeting_blocks.domain.freezing import WHOLE_ROUND, Frozen, Item, PotShare, Rules


@dataclass(frozen=True, slots=True)
class Line:
    """One item in the result; `rank` runs from 1 without gaps."""

    item: int
    votes: int
    cost: int
    rank: int
    funded: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """`lines` in the order of rank. `ballots`: those counted. `void`: those against the rules, not counted.
    `ties`: groups of items with equal votes of which only some could be funded, so that the tie rule chose."""

    lines: tuple[Line, ...]
    ballots: int
    void: int
    spent: int
    ties: tuple[tuple[int, ...], ...]

    @property
    def funded(self) -> tuple[int, ...]:
        """The funded items in the order of choice."""
        return tuple(line.item for line in self.lines if line.funded)


def count_ballots(
    ballots: Iterable[Sequence[int]], costs: Mapping[int, int], budget: int, withdrawn: Collection[int] = ()
) -> Tally:
    """The result of these ballots; `costs` prices every item on the ballot in euros. Each ballot is checked again.

    `withdrawn`: items that left the ballot after people could already have chosen them. A ballot stays good with such a
    choice on it, but the item gets no place in the result.
    """
    votes: Counter[int] = Counter(dict.fromkeys(costs, 0))
    good = void = 0
    items = {item: Item(cost, WHOLE_ROUND, "") for item, cost in costs.items()}
    frozen = Frozen(Rules(), (PotShare(WHOLE_ROUND, "", budget),), items, means={})
    for choices in ballots:
        if find_problem([Choice(item) for item in choices], frozen) is None:
            votes.update(choices)
            good += 1
        else:
            void += 1
    for item in withdrawn:
        del votes[item]
    return _share_out(votes, costs, budget, good, void)


def _share_out(votes: Mapping[int, int], costs: Mapping[int, int], budget: int, good: int, void: int) -> Tally:
    order = sorted(votes, key=lambda item: (-votes[item], costs[item], item))
    lines: list[Line] = []
    ties: list[tuple[int, ...]] = []
    left = budget
    for count, group in groupby(order, key=votes.__getitem__):
        items = list(group)
        if count:
            # Whoever of the equals comes first is funded if it fits alone; so the order decides exactly when not all
            # of those can be paid.
            contenders = tuple(item for item in items if costs[item] <= left)
            if sum(costs[item] for item in contenders) > left:
                ties.append(contenders)
        for item in items:
            funded = count > 0 and costs[item] <= left
            if funded:
                left -= costs[item]
            lines.append(Line(item, count, costs[item], len(lines) + 1, funded))
    return Tally(tuple(lines), good, void, budget - left, tuple(ties))
