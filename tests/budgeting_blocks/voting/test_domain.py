"""The rules of ballots and of the count, without a database."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from budgeting_blocks.domain.ballots import Choice, Fault, Problem
from budgeting_blocks.domain.ballots import find_problem as find
from budgeting_blocks.domain.freezing import WHOLE_ROUND, Frozen, Item, PotShare, Rules
from budgeting_blocks.domain.tally import count_ballots

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


def test_most_votes_first_skipping_what_does_not_fit() -> None:
    tally = count_ballots([[1, 4], [1], [1, 2], [2], [4]], {1: 9000, 2: 5000, 4: 3000}, 14_000)
    assert [(line.item, line.votes) for line in tally.lines] == [(1, 3), (4, 2), (2, 2)]
    assert tally.funded == (1, 4)
    assert tally.spent == 12_000


def test_an_item_that_nobody_chose_is_not_funded_though_money_is_left() -> None:
    tally = count_ballots([[1]], COSTS, 20_000)
    assert tally.funded == (1,)


def test_equal_votes_that_decide_who_gets_the_money_are_reported() -> None:
    tally = count_ballots([[1], [2]], {1: 60, 2: 50}, 100)
    assert tally.funded == (2,)
    assert tally.ties == ((2, 1),)


def test_equal_votes_that_change_nothing_are_no_tie() -> None:
    assert count_ballots([[1], [2]], {1: 50, 2: 50}, 100).ties == ()
    # 2 would not fit in any order, so nothing is decided between the two.
    assert count_ballots([[1]], {1: 50, 2: 500}, 100).ties == ()


def test_ballots_against_the_rules_are_counted_as_void_and_nothing_else() -> None:
    tally = count_ballots([[1, 1], [], [99], [1, 2, 3], [4]], COSTS, 20_000)
    assert (tally.ballots, tally.void) == (1, 4)
    assert tally.funded == (4,)


def test_a_withdrawn_item_gets_no_place_and_its_ballots_stay_good() -> None:
    tally = count_ballots([[1, 4], [1]], COSTS, 20_000, withdrawn=[1])
    assert (tally.ballots, tally.void) == (2, 0)
    assert 1 not in [line.item for line in tally.lines]
    assert tally.funded == (4,)


@given(elections())
def test_the_count_never_spends_more_than_there_is(election) -> None:
    ballots, prices, budget = election
    tally = count_ballots(ballots, prices, budget)
    assert tally.spent == sum(prices[item] for item in tally.funded) <= budget


@given(elections(), st.randoms(use_true_random=False))
def test_the_order_of_ballots_items_and_choices_means_nothing(election, rng: random.Random) -> None:
    ballots, prices, budget = election
    shuffled = [rng.sample(ballot, len(ballot)) for ballot in rng.sample(ballots, len(ballots))]
    items = rng.sample(sorted(prices), len(prices))
    assert count_ballots(shuffled, {item: prices[item] for item in items}, budget) == count_ballots(
        ballots, prices, budget
    )


@given(elections())
def test_whoever_is_skipped_did_not_fit_into_the_money_left_by_those_before(election) -> None:
    ballots, prices, budget = election
    left = budget
    for line in count_ballots(ballots, prices, budget).lines:
        assert line.funded == (line.votes > 0 and line.cost <= left)
        left -= line.cost if line.funded else 0


@given(elections(), st.randoms(use_true_random=False))
def test_without_a_reported_tie_no_order_of_equals_changes_the_winners(election, rng: random.Random) -> None:
    ballots, prices, budget = election
    tally = count_ballots(ballots, prices, budget)
    order = sorted(tally.lines, key=lambda line: (-line.votes, rng.random()))
    left, funded = budget, set()
    for line in order:
        if line.votes and line.cost <= left:
            left -= line.cost
            funded.add(line.item)
    assert tally.ties or funded == set(tally.funded)


@given(elections())
def test_good_ballots_are_those_that_casting_lets_in(election) -> None:
    ballots, prices, budget = election
    good = [ballot for ballot in ballots if find_problem(ballot, prices, budget) is None]
    tally = count_ballots(ballots, prices, budget)
    assert (tally.ballots, tally.void) == (len(good), len(ballots) - len(good))
