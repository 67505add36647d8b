"""The Method of Equal Shares: every voter gets the same share of the money and spends it on what he or she supports."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import takewhile

import numpy as np

from budgeting_blocks.domain.counting.columns import Column
from budgeting_blocks.domain.counting.election import Election, Id, Money
from budgeting_blocks.domain.counting.fanning import choose_for_each
from budgeting_blocks.domain.counting.greedy import Progress, choose_by_votes
from budgeting_blocks.domain.counting.result import Reason, Step, Tie
from budgeting_blocks.domain.counting.ruleset import Rules, Start
from budgeting_blocks.domain.counting.search import Market, Purchase, Run, run_exactly, search
from budgeting_blocks.domain.rules import Add1Stop, Utility

# So many of Add1's runs are looked at together at first, then half as many more each time, and so many at most.
AHEAD, FAR_AHEAD = 48, 256


def choose_by_shares(
    election: Election, items: Collection[Id], order: Mapping[Id, int], rules: Rules, progress: Progress
) -> tuple[Fraction, Callable[[Id], Fraction]]:
    """Add to `progress` what Equal Shares buys; answers each voter's final share, and what supporters of an item have left.

    `items` have supporters and cost no more than the budget. There are voters.
    """
    ranked = sorted(items, key=order.__getitem__)
    market = Market.of(
        [election.costs[item] for item in ranked],
        [election.backers[item] for item in ranked],
        len(election.ballots),
        by_cost=rules.utility == Utility.COST,
    )
    share = Fraction(election.budget) / election.voters
    if rules.start == Start.ROUNDED_DOWN:
        share = Fraction(share.numerator // share.denominator)
    found = search(market, share)
    if rules.raises_shares:
        run, share = _raise_shares(election, market, ranked, rules, share, found)
    else:
        run = run_exactly(market, share, found)
    _tell(election, ranked, run, progress)
    losers = [item for item in ranked if item not in progress.fates]
    if rules.completes_by_votes:
        choose_by_votes(election, losers, order, progress, stop=False, won=Reason.COMPLETED)
    return share, lambda item: run.purses.had(ranked.index(item))


def _raise_shares(
    election: Election,
    market: Market,
    ranked: Sequence[Id],
    rules: Rules,
    share: Fraction,
    found: Sequence[Purchase],
) -> tuple[Run, Fraction]:
    """Every run is made anew: more money for all can buy less, so no run may be left out.

    The runs between are searches; the one that stays is proved, and so is the overspend that ends them.
    """
    budget, step, costs = election.budget, Fraction(rules.increment), market.costs

    def is_last(chosen: Collection[int]) -> bool:
        return len(chosen) == len(ranked) or (
            rules.add1_stop == Add1Stop.EXHAUSTED and not _anything_fits(election, ranked, costs, chosen)
        )

    if market.columns is None and not is_last(_items(found)):
        quiet = _count_quiet_runs(market, share, step, lambda run: not is_last(run) and _sum(costs, run) <= budget)
        share += step * quiet
        found = search(market, share) if quiet else found
    while not is_last(_items(found)):
        following = search(market, share + step)
        if _sum(costs, _items(following)) > budget:
            proven = run_exactly(market, share + step, following)
            if sum(costs[bought.item] for bought in proven.bought) > budget:
                break
        share, found = share + step, following
    return run_exactly(market, share, found), share


def _count_quiet_runs(
    market: Market, share: Fraction, step: Fraction, is_quiet: Callable[[frozenset[int]], bool]
) -> int:
    """How many runs pass before the first that ends Add1, or may."""
    passed, ahead, is_quiet = 0, AHEAD, cache(is_quiet)
    columns = [Column.of(backers) for backers in market.backers]
    while True:
        shares = float(share) + float(step) * np.arange(passed + 1, passed + ahead + 1, dtype=np.float64)
        quiet = len(list(takewhile(is_quiet, choose_for_each(market, columns, shares))))
        passed += quiet
        if quiet < ahead:
            return passed
        ahead = min(ahead * 3 // 2, FAR_AHEAD)


def _items(found: Sequence[Purchase]) -> set[int]:
    return {purchase.item for purchase in found if purchase.item >= 0}


def _sum(costs: Sequence[Money], items: Collection[int]) -> Money:
    return sum(costs[item] for item in items)


def _anything_fits(election: Election, ranked: Sequence[Id], costs: Sequence[Money], chosen: Collection[int]) -> bool:
    """Whether one of the items, supported or not, fits into what is left."""
    left = election.budget - _sum(costs, chosen)
    winners = {ranked[item] for item in chosen}
    return any(cost <= left for item, cost in election.costs.items() if item not in winners)


def _tell(election: Election, ranked: Sequence[Id], run: Run, progress: Progress) -> None:
    for number, bought in enumerate(run.bought, start=1):
        item = ranked[bought.item]
        votes, cost, before = election.votes[item], election.costs[item], progress.left
        progress.left = before - cost
        quote = bought.quote
        progress.steps.append(Step(item, votes, cost, progress.left, quote.price, quote.full, quote.rest))
        progress.fates[item] = (Reason.SELECTED, before)
        if len(bought.equals) > 1:
            progress.ties.append(Tie(number, tuple(ranked[equal] for equal in bought.equals)))
