"""What holds for every election, tried on many small ones that are full of ties."""

from fractions import Fraction
from itertools import chain, repeat
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting_blocks.domain.counting import Election, Rules, count, order_of_ties
from budgeting_blocks.domain.counting import search as search_module
from budgeting_blocks.domain.counting.columns import Column
from budgeting_blocks.domain.counting.fanning import choose_for_each
from budgeting_blocks.domain.counting.search import Market, search
from budgeting_blocks.domain.rules import Completion, CountRule, TieRule, Utility
from tests.budgeting_blocks.counting import textbook

ITEMS = ["a", "b", "c", "d", "e", "f"]
COSTS = st.fixed_dictionaries(
    {item: st.one_of(st.integers(1, 12), st.fractions(1, 12, max_denominator=3)) for item in ITEMS}
)
APPROVALS = st.lists(st.frozensets(st.sampled_from(ITEMS)), min_size=1, max_size=9)
POINTED = st.lists(st.dictionaries(st.sampled_from(ITEMS), st.integers(1, 5)), min_size=1, max_size=7)
BUDGETS = st.integers(1, 40)
ANY_RULES = st.builds(
    Rules,
    rule=st.sampled_from(CountRule),
    utility=st.sampled_from(Utility),
    completion=st.sampled_from(Completion),
    threshold=st.integers(0, 2),
    tie_rule=st.sampled_from(TieRule),
    seed=st.just("7"),
)


def _textbook_order(election: Election, rules: Rules) -> list[str]:
    places = order_of_ties(election, rules)
    return sorted(
        (item for item in ITEMS if election.votes[item] > 0 and election.costs[item] <= election.budget),
        key=places.__getitem__,
    )


@pytest.mark.parametrize("utility", Utility)
@pytest.mark.parametrize("tie_rule", TieRule)
@settings(deadline=None, max_examples=60)
@given(budget=BUDGETS, costs=COSTS, ballots=st.one_of(APPROVALS, POINTED))
def test_the_fast_equal_shares_elect_as_the_textbook_does(utility, tie_rule, budget, costs, ballots):
    election = Election.of(budget, costs, ballots)
    rules = Rules(rule=CountRule.EQUAL_SHARES, utility=utility, tie_rule=tie_rule, seed="7")
    pointed = [ballot if isinstance(ballot, dict) else dict.fromkeys(ballot, 1) for ballot in ballots]
    order = _textbook_order(election, rules)
    expected = textbook.equal_shares(budget, costs, pointed, order, by_cost=utility == Utility.COST)
    assert list(count(election, rules).selected) == expected


@pytest.mark.parametrize("utility", Utility)
@settings(deadline=None, max_examples=40)
@given(budget=BUDGETS, costs=COSTS, ballots=APPROVALS)
def test_rising_shares_elect_as_the_textbook_does(utility, budget, costs, ballots):
    election = Election.of(budget, costs, ballots)
    rules = Rules(rule=CountRule.EQUAL_SHARES, utility=utility, completion=Completion.ADD1, increment=Fraction(1, 2))
    pointed = [dict.fromkeys(ballot, 1) for ballot in ballots]
    order = _textbook_order(election, rules)
    expected = textbook.add1(budget, costs, pointed, order, by_cost=utility == Utility.COST, step=Fraction(1, 2))
    assert list(count(election, rules).selected) == expected


@settings(deadline=None, max_examples=40)
@given(budget=BUDGETS, costs=COSTS, ballots=APPROVALS)
def test_whole_numbers_alone_elect_the_same_as_a_proven_search(budget, costs, ballots):
    rules = Rules(rule=CountRule.EQUAL_SHARES)
    election = Election.of(budget, costs, ballots)
    proven = count(election, rules)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_module, "_prove", lambda market, share, found: None)
        scratch = count(election, rules)
    assert (proven.steps, proven.ties, proven.outcomes) == (scratch.steps, scratch.ties, scratch.outcomes)


@settings(deadline=None, max_examples=60)
@given(budget=BUDGETS, costs=COSTS, ballots=st.one_of(APPROVALS, POINTED), utility=st.sampled_from(Utility))
def test_columns_are_searched_as_lists_are(budget, costs, ballots, utility):
    rules = Rules(rule=CountRule.EQUAL_SHARES, utility=utility, completion=Completion.ADD1)
    election = Election.of(budget, costs, ballots)
    lists = count(election, rules)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_module, "MANY", 0)
        # What a search finds is followed as long as it proves right; here it must.
        patch.setattr(search_module, "_run_from_scratch", None)
        columns = count(election, rules)
    assert (lists.steps, lists.ties, lists.outcomes) == (columns.steps, columns.ties, columns.outcomes)


@settings(deadline=None, max_examples=60)
@given(
    costs=COSTS,
    ballots=st.one_of(APPROVALS, POINTED),
    by_cost=st.booleans(),
    share=st.fractions(0, 9, max_denominator=4),
)
def test_many_shares_at_once_buy_what_each_buys_alone(costs, ballots, by_cost, share):
    backers = Election.of(1, costs, ballots).backers
    market = Market.of([costs[item] for item in backers], [*backers.values()], len(ballots), by_cost=by_cost)
    shares = [share + step for step in range(6)]
    columns = [Column.of(each) for each in market.backers]
    together = choose_for_each(market, columns, np.array([float(each) for each in shares]))
    assert list(together) == [{bought.item for bought in search(market, each) if bought.item >= 0} for each in shares]


@settings(deadline=None, max_examples=100)
@given(budget=BUDGETS, costs=COSTS, ballots=st.one_of(APPROVALS, POINTED), rules=ANY_RULES, random=st.randoms())
def test_the_order_of_items_and_ballots_never_matters(budget, costs, ballots, rules, random: Random):
    first = count(Election.of(budget, costs, ballots), rules)
    shuffled, items = list(ballots), list(costs.items())
    random.shuffle(shuffled)
    random.shuffle(items)
    second = count(Election.of(budget, dict(items), shuffled), rules)
    assert (first.steps, first.ties, list(first.outcomes.items()), first.share) == (
        second.steps,
        second.ties,
        list(second.outcomes.items()),
        second.share,
    )


@settings(deadline=None, max_examples=100)
@given(
    budget=BUDGETS,
    costs=COSTS,
    ballots=st.lists(st.tuples(st.frozensets(st.sampled_from(ITEMS)), st.integers(1, 9)), min_size=1, max_size=5),
    rules=ANY_RULES,
)
def test_a_ballot_with_a_weight_counts_as_so_many_ballots(budget, costs, ballots, rules):
    plain, weights = zip(*ballots, strict=True)
    heavy = count(Election.of(budget, costs, plain, weights), rules)
    spread = count(Election.of(budget, costs, chain.from_iterable(repeat(b, n) for b, n in ballots)), rules)
    assert (heavy.steps, heavy.ties, heavy.outcomes) == (spread.steps, spread.ties, spread.outcomes)


@settings(deadline=None, max_examples=100)
@given(budget=BUDGETS, costs=COSTS, ballots=st.one_of(APPROVALS, POINTED), rules=ANY_RULES)
def test_the_winners_never_cost_more_than_the_budget_and_every_item_has_one_reason(budget, costs, ballots, rules):
    result = count(Election.of(budget, costs, ballots), rules)
    assert result.cost <= budget
    assert result.outcomes.keys() == costs.keys()
    assert [item for item, outcome in result.outcomes.items() if outcome.won] == list(result.selected)
    for outcome in result.outcomes.values():
        assert outcome.had is None or outcome.had < outcome.cost
