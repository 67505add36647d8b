"""When a ballot is good: what it may hold, and what it may cost. Plain Python."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """Why a ballot is not good."""

    EMPTY = "empty"
    REPEATED = "repeated"
    NOT_ON_BALLOT = "not_on_ballot"
    OVERSPENT = "overspent"


@dataclass(frozen=True, slots=True)
class Problem:
    """`over_by`: how many euros an overspent ballot goes over the money, else 0. `items`: those that the fault concerns."""

    fault: Fault
    over_by: int = 0
    items: tuple[int, ...] = ()


def total_cost(choices: Collection[int], costs: Mapping[int, int]) -> int:
    """What the chosen items cost together in euros; items that are not on the ballot cost nothing."""
    return sum(costs.get(choice, 0) for choice in choices)


def find_problem(choices: Sequence[int], costs: Mapping[int, int], budget: int) -> Problem | None:
    """What is wrong with a knapsack ballot, or None when it is good.

    `costs`: the price in euros of every item on the round's ballot. `budget`: the round's money in euros. The order of the
    choices means nothing.
    """
    if not choices:
        return Problem(Fault.EMPTY)
    if unknown := tuple(sorted(set(choices) - costs.keys())):
        return Problem(Fault.NOT_ON_BALLOT, items=unknown)
    if len(set(choices)) != len(choices):
        return Problem(Fault.REPEATED, items=tuple(sorted({c for c in choices if choices.count(c) > 1})))
    over_by = total_cost(choices, costs) - budget
    return Problem(Fault.OVERSPENT, over_by=over_by) if over_by > 0 else None
