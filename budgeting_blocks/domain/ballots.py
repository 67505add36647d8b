"""When a ballot is good: what it may hold, and what it may cost. Plain Python."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from budgeting_blocks.domain.freezing import Frozen, PotShare, Rules
from budgeting_blocks.domain.rules import BallotKind, BallotScope


class Choice(NamedTuple):
    """One item (a proposal's id) on a ballot. `points` is 1 but on a ballot of points."""

    item: int
    points: int = 1


class Fault(StrEnum):
    """Why a ballot is not good."""

    EMPTY = "empty"
    REPEATED = "repeated"
    NOT_ON_BALLOT = "not_on_ballot"
    POTS_MIXED = "pots_mixed"
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    BAD_POINTS = "bad_points"
    TOO_MANY_FOR_ONE = "too_many_for_one"
    TOO_MANY_POINTS = "too_many_points"
    OVERSPENT = "overspent"


@dataclass(frozen=True, slots=True)
class Problem:
    """`over_by`: by how many euros or points the ballot goes over the limit, else 0. `limit`: the limit that does not hold.
    `items`: those that the fault concerns. `pot`: the name of the pot whose limit it is, empty when it is the ballot's."""

    fault: Fault
    over_by: int = 0
    limit: int = 0
    items: tuple[int, ...] = ()
    pot: str = ""


def total_cost(choices: Iterable[int], costs: Mapping[int, int]) -> int:
    """What the chosen items cost together in euros; items that are not on the ballot cost nothing."""
    return sum(costs.get(choice, 0) for choice in choices)


def items_on_ballot(frozen: Frozen) -> dict[int, int]:
    """The price in euros of every item that may be chosen. One whose pot is not there has no money to be paid from."""
    pots = {pot.key for pot in frozen.pots}
    return {pk: item.cost for pk, item in frozen.items.items() if item.pot in pots}


def find_problem(choices: Sequence[Choice], frozen: Frozen) -> Problem | None:
    """What is wrong with a ballot by these rules, or None when it is good. The order of the choices means nothing.

    Where limits hold in each pot, a pot may be left alone; where something is chosen in it, its limits hold.
    """
    if not choices:
        return Problem(Fault.EMPTY, limit=frozen.rules.min_choices)
    costs = items_on_ballot(frozen)
    counted = Counter(choice.item for choice in choices)
    if unknown := tuple(sorted(counted.keys() - costs.keys())):
        return Problem(Fault.NOT_ON_BALLOT, items=unknown)
    if repeated := tuple(sorted(item for item, times in counted.items() if times > 1)):
        return Problem(Fault.REPEATED, items=repeated)
    if problem := _points_problem(choices, frozen.rules):
        return problem
    if frozen.rules.ballot_scope is BallotScope.ONE and len({frozen.items[choice.item].pot for choice in choices}) > 1:
        return Problem(Fault.POTS_MIXED)
    found = (_limits_problem(part, frozen.rules, pot, costs) for pot, part in _parts(choices, frozen))
    return next((problem for problem in found if problem), None)


def _parts(choices: Sequence[Choice], frozen: Frozen) -> Iterator[tuple[PotShare, list[Choice]]]:
    """The parts of a ballot in which its limits hold, each with its money."""
    if frozen.rules.ballot_scope is BallotScope.ACROSS or len(frozen.pots) == 1:
        yield PotShare(0, "", frozen.budget), list(choices)
        return
    pots = {pot.key: pot for pot in frozen.pots}
    by_pot = sorted(choices, key=lambda choice: frozen.items[choice.item].pot)
    for key, part in groupby(by_pot, key=lambda choice: frozen.items[choice.item].pot):
        yield pots[key], list(part)


def _points_problem(choices: Sequence[Choice], rules: Rules) -> Problem | None:
    most = rules.max_points_per_item if rules.ballot_kind is BallotKind.POINTS else 1
    if bad := tuple(sorted(choice.item for choice in choices if choice.points < 1)):
        return Problem(Fault.BAD_POINTS, items=bad)
    if most and (bad := tuple(sorted(choice.item for choice in choices if choice.points > most))):
        return Problem(Fault.TOO_MANY_FOR_ONE, limit=most, items=bad)
    return None


def _limits_problem(choices: list[Choice], rules: Rules, pot: PotShare, costs: Mapping[int, int]) -> Problem | None:
    if len(choices) < rules.min_choices:
        return Problem(Fault.TOO_FEW, limit=rules.min_choices, pot=pot.name)
    if rules.max_choices is not None and len(choices) > rules.max_choices:
        over = len(choices) - rules.max_choices
        return Problem(Fault.TOO_MANY, over_by=over, limit=rules.max_choices, pot=pot.name)
    if rules.ballot_kind is BallotKind.KNAPSACK:
        over = total_cost((choice.item for choice in choices), costs) - pot.budget
        return Problem(Fault.OVERSPENT, over_by=over, limit=pot.budget, pot=pot.name) if over > 0 else None
    if rules.ballot_kind is BallotKind.POINTS and rules.max_points is not None:
        over = sum(choice.points for choice in choices) - rules.max_points
        return Problem(Fault.TOO_MANY_POINTS, over_by=over, limit=rules.max_points, pot=pot.name) if over > 0 else None
    return None
