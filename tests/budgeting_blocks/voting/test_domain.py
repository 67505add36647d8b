"""The rules of ballots and of the count, without a database."""

from __future__ import annotations

from hypothesis import strategies as st

from budgeting_blocks.domain.ballots import Choice, Fault, Problem
from budgeting_blocks.domain.ballots import find_problem as find
from budgeting_blocks.domain.freezing import WHOLE_ROUND, Frozen, Item, PotShare, Rules

COSTS = {1: 5000, 2: 8000, 3: 10_000, 4: 2000}
costs = st.dictionaries(st.integers(1, 12), st.integers(1, 100), min_size=1)


def find_problem(choices: list[int], costs: dict[int, int], budget: int) -> Problem | None:
    """Of a knapsack ballot in a round that is one pot."""
    items = {pk: Item(cost, WHOLE_ROUND, "") for pk, cost in costs.items()}
    frozen = Frozen(Rules(), (PotShare(WHOLE_ROUND, "", budget),), items, means={})
    return find([Choice(item) for item in choices], frozen)


@st.composite
def elections(draw: st.DrawFn):
    prices = draw(costs)
    items = sorted(prices)
    ballots = draw(st.lists(st.lists(st.sampled_from(items), unique=True, max_size=len(items)), max_size=30))
    return ballots, prices, draw(st.integers(1, 300))


def test_a_ballot_may_cost_exactly_the_money() -> None:
    assert find_problem([3, 2, 4], COSTS, 20_000) is None


def test_one_euro_too_much_is_too_much() -> None:
    problem = find_problem([3, 2, 4], COSTS, 19_999)
    assert problem is not None and (problem.fault, problem.over_by) == (Fault.OVERSPENT, 1)


def test_an_item_may_stand_on_a_ballot_once() -> None:
    problem = find_problem([1, 4, 1], COSTS, 20_000)
    assert problem is not None and (problem.fault, problem.items) == (Fault.REPEATED, (1,))


def test_an_item_of_another_round_is_refused() -> None:
    problem = find_problem([1, 99], COSTS, 20_000)
    assert problem is not None and (problem.fault, problem.items) == (Fault.NOT_ON_BALLOT, (99,))


def test_an_empty_ballot_is_refused() -> None:
    problem = find_problem([], COSTS, 20_000)
    assert problem is not None and problem.fault is Fault.EMPTY
