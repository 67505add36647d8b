"""The rules one by one on elections that fit a page."""

import hashlib
from fractions import Fraction

import pytest

from budgeting_blocks.domain.counting import Election, Pot, Reason, Rules, Tie, count, count_pots
from budgeting_blocks.domain.rules import Add1Stop, Completion, CountRule, TieRule
from budgeting_blocks.selectors.why import why_text

STOP = Rules(rule=CountRule.GREEDY_STOP)
EQUAL = Rules(rule=CountRule.EQUAL_SHARES)


def _votes(budget: int, **items: tuple[int, int]) -> Election:
    """Items as cost and number of votes; every voter chooses one."""
    ballots = [[name] for name, (_, votes) in items.items() for _ in range(votes)]
    return Election.of(budget, {name: cost for name, (cost, _) in items.items()}, ballots)


def test_most_votes_first_skips_or_stops_at_what_does_not_fit():
    election = _votes(100, a=(60, 5), b=(50, 4), c=(40, 3))
    skip, stop = count(election, Rules()), count(election, STOP)
    assert skip.selected == ("a", "c")
    assert stop.selected == ("a",)
    assert stop.outcomes["c"].reason == Reason.STOPPED
    assert skip.outcomes["b"].left == 40


def test_a_threshold_keeps_items_out_and_says_what_was_needed():
    result = count(_votes(100, a=(60, 5), b=(10, 2)), Rules(threshold=3))
    assert result.selected == ("a",)
    assert (result.outcomes["b"].reason, result.outcomes["b"].needed) == (Reason.BELOW_THRESHOLD, 3)


def test_equals_are_chosen_by_the_tie_rule_and_reported():
    election = _votes(60, dear=(50, 3), cheap=(40, 3))
    assert count(election, Rules()).selected == ("cheap",)
    assert count(election, Rules()).ties == (Tie(1, ("cheap", "dear")),)
    assert count(election.with_budget(90), Rules()).ties == ()


def test_where_an_order_of_equals_could_end_the_count_it_is_a_tie():
    election = _votes(60, small=(40, 3), huge=(60, 3))
    assert count(election, STOP).ties == (Tie(1, ("small", "huge")),)


@pytest.mark.parametrize("seed", ["1", "2", "tähti"])
def test_a_lot_orders_by_the_hash_of_seed_and_id(seed):
    election = _votes(10, a=(10, 1), b=(10, 1), c=(10, 1))
    first = min("abc", key=lambda item: hashlib.sha256(f"{seed}:{item}".encode()).hexdigest())
    assert count(election, Rules(tie_rule=TieRule.LOT, seed=seed)).selected == (first,)


def test_a_lot_without_a_seed_is_no_rule():
    with pytest.raises(ValueError, match="seed"):
        Rules(tie_rule=TieRule.LOT)


def test_more_votes_win_a_tie_of_equal_shares_where_that_is_the_rule():
    # Half of b's supporters give twice as much per euro, so that both have the same effective votes.
    election = Election.of(40, {"a": 10, "b": 20}, [["a"], ["a"], ["b"], ["b"]])
    assert count(election, EQUAL).selected == ("a", "b")
    assert count(election, EQUAL).ties == (Tie(1, ("a", "b")),)


def test_equal_shares_tell_price_effective_votes_and_who_paid_the_last_of_their_money():
    election = Election.of(40, {"a": 12, "b": 20}, [["a", "b"], ["a", "b"], ["a"], ["b"]])
    first, second = count(election, EQUAL).steps
    assert (first.item, first.price, first.effective_votes, first.left) == ("a", 4, 3, 28)
    assert (first.paid_full, first.paid_rest) == (3, 0)
    # Two have 6 left, which is not enough for an equal part; the third pays the rest.
    assert (second.item, second.price, second.effective_votes, second.left) == ("b", 8, Fraction(5, 2), 8)
    assert (second.paid_full, second.paid_rest) == (1, 2)


def test_a_loser_of_equal_shares_is_told_what_its_supporters_had():
    result = count(_votes(100, a=(50, 3), b=(50, 1)), EQUAL)
    loser = result.outcomes["b"]
    assert (loser.reason, loser.had) == (Reason.OUT_OF_MONEY, 25)
    assert "yhdessä jäljellä 25\xa0€" in _words(loser.reason, had="25.00")


def test_what_equal_shares_leave_goes_by_votes_where_that_is_the_rule():
    result = count(_votes(100, a=(50, 3), b=(50, 1)), Rules(rule=CountRule.EQUAL_SHARES, completion=Completion.GREEDY))
    assert result.selected == ("a", "b")
    assert result.outcomes["b"].reason == Reason.COMPLETED


def test_shares_rise_to_the_last_step_before_an_overspend():
    election = _votes(100, a=(50, 3), b=(40, 1), c=(30, 1))
    rules = Rules(rule=CountRule.EQUAL_SHARES, completion=Completion.ADD1)
    result = count(election, rules)
    assert result.selected == ("a", "c")
    assert (result.share, result.outcomes["b"].had) == (39, 39)
    stopped = count(
        election, Rules(rule=CountRule.EQUAL_SHARES, completion=Completion.ADD1, add1_stop=Add1Stop.EXHAUSTED)
    )
    assert stopped.share == 30


def test_an_item_for_nothing_and_an_election_without_voters_are_counted():
    assert count(_votes(10, free=(0, 1), a=(20, 1)), EQUAL).selected == ("free",)
    assert count(Election.of(10, {"a": 5}, []), EQUAL).selected == ()


def test_a_pot_passes_on_what_it_leaves():
    south = Pot("south", _votes(100, a=(70, 2)), Rules(), passes_to="all")
    north = Pot("north", _votes(50, b=(60, 2)), Rules(), passes_to="all")
    overall = Pot("all", _votes(0, a=(70, 2), b=(60, 2)), Rules())
    results = count_pots([south, north, overall])
    assert [each.result.selected for each in results] == [("a",), (), ("b",)]
    assert (results[2].received, results[2].result.left) == (80, 20)


def test_a_pot_cannot_pass_money_back():
    with pytest.raises(ValueError, match="not counted later"):
        count_pots([Pot("a", _votes(1), Rules()), Pot("b", _votes(1), Rules(), passes_to="a")])


def test_a_ballot_that_names_an_unknown_item_is_refused():
    with pytest.raises(ValueError, match="no cost"):
        Election.of(10, {"a": 5}, [["b"]])


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_its_words(reason):
    assert _words(reason)
    assert "12,50\xa0€" in _words(reason, price="12.50")


def _words(reason, **figures):
    rules = {"threshold": 4, "tie_rule": "cheaper"}
    return why_text(reason, {"place": 1, "left": 1, **figures}, 3, 50, {}, rules)
