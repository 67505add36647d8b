"""Equal Shares as a textbook writes it: slow, short, in fractions. The measure for the fast one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from budgeting_blocks.domain.counting import Id, Money

Ballots = Sequence[Mapping[Id, Money]]


def equal_shares(
    budget: Money,
    costs: Mapping[Id, Money],
    ballots: Ballots,
    order: Sequence[Id],
    *,
    by_cost: bool,
    share: Fraction | None = None,
) -> list[Id]:
    """The winners in the order of choice. `order` settles ties, its first goes first; every ballot is one voter."""
    purses = [Fraction(budget) / len(ballots) if share is None else share for _ in ballots]
    left, chosen = list(order), []
    while True:
        prices = {item: price for item in left if (price := _price(item, costs[item], ballots, purses)) is not None}
        if not prices:
            return chosen
        worth = {item: price / costs[item] if by_cost and costs[item] else price for item, price in prices.items()}
        best = next(item for item in left if item in worth and worth[item] == min(worth.values()))
        for voter, ballot in enumerate(ballots):
            purses[voter] -= min(purses[voter], prices[best] * ballot.get(best, 0))
        left.remove(best)
        chosen.append(best)


def add1(
    budget: Money, costs: Mapping[Id, Money], ballots: Ballots, order: Sequence[Id], *, by_cost: bool, step: Money
) -> list[Id]:
    """Shares rise by `step` from the exact quotient until the next run would overspend."""
    share = Fraction(budget) / len(ballots)
    chosen = equal_shares(budget, costs, ballots, order, by_cost=by_cost, share=share)
    while len(chosen) < len(order):
        share += step
        following = equal_shares(budget, costs, ballots, order, by_cost=by_cost, share=share)
        if sum(costs[item] for item in following) > budget:
            break
        chosen = following
    return chosen


def _price(item: Id, cost: Money, ballots: Ballots, purses: Sequence[Fraction]) -> Fraction | None:
    supporters = [
        (purses[voter] / ballot[item], voter) for voter, ballot in enumerate(ballots) if ballot.get(item, 0) > 0
    ]
    if not supporters or sum(purses[voter] for _, voter in supporters) < cost:
        return None
    rest = Fraction(cost)
    points = sum(Fraction(ballots[voter][item]) for _, voter in supporters)
    for most, voter in sorted(supporters):
        if most * points >= rest:
            return rest / points
        rest -= purses[voter]
        points -= ballots[voter][item]
    raise AssertionError("they had enough")
