"""The voters' money in one Equal Shares run, in floats: fast, and nearly right.

Items are numbers from 0 here.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import compress
from operator import mul, truediv

from budgeting_blocks.domain.counting.backers import Backers, Money

# Nearer than this to each other, two floats may be equal numbers; their order is then for exact numbers to tell. Sums over
# a hundred thousand ballots stay a hundred times nearer to the truth.
NEAR = 1e-9
# Nearer than this the search takes them for equal.
EQUAL = 1e-11


class FloatPurses:
    """What each ballot's voters have left. `doubtful` gathers items whose supporters have so nearly the cost that floats
    cannot tell on which side of it, and what was taken for true."""

    def __init__(self, share: Fraction, ballots: int, costs: Sequence[Money], backers: Sequence[Backers]) -> None:
        self.money = [float(share)] * ballots
        self.costs = [float(cost) for cost in costs]
        self.backers = backers
        self.doubtful: list[tuple[int, bool]] = []
        # What a supporter of each item pays at least: all alike at first, later the last price found, as prices only rise.
        self.least = [cost / float(each.total) for cost, each in zip(self.costs, backers, strict=True)]

    def price(self, item: int) -> float | None:
        """The most that a supporter pays (per point) when all together pay the cost; None when they cannot."""
        backers, cost = self.backers[item], self.costs[item]
        have: Sequence[float] = backers.fetch(self.money)
        if backers.points is not None:
            have = list(map(truediv, have, map(float, backers.points)))
        total = sum(have) if backers.alike else sum(map(mul, have, backers.strength))
        enough = total >= cost * (1 - EQUAL)
        if abs(total - cost) <= NEAR * cost:
            self.doubtful.append((item, enough))
        if not enough:
            return None
        if backers.alike:
            price = _price_alike(have, total, cost, self.least[item])
        else:
            price = _price_weighted(have, backers.strength, total, cost, self.least[item])
        self.least[item] = price
        return price

    def pay(self, item: int, price: float) -> None:
        """Every supporter pays the price (times the points), or what is left."""
        money, backers = self.money, self.backers[item]
        if backers.points is None:
            for place in backers.real_places:
                have = money[place]
                money[place] = have - price if have > price else 0.0
            return
        for place, points in zip(backers.real_places, backers.points, strict=False):
            money[place] = max(money[place] - price * float(points), 0.0)


# Whoever has less than the price gives all; the rest is for the others, which raises the price, until it stands.


def _price_alike(have: Sequence[float], total: float, cost: float, price: float) -> float:
    count = len(have)
    while True:
        rich = [money for money in have if money >= price]
        if not rich:
            return max(have)
        if len(rich) == count:
            return price
        count, have = len(rich), rich
        price = max(price, (cost - (total - sum(rich))) / count)


def _price_weighted(have: Sequence[float], strength: Sequence[float], total: float, cost: float, price: float) -> float:
    while True:
        is_rich = [money >= price for money in have]
        rich = list(compress(have, is_rich))
        strength = list(compress(strength, is_rich))
        if not (weight := sum(strength)):
            return max(have)
        if len(rich) == len(have):
            return price
        have = rich
        price = max(price, (cost - (total - sum(map(mul, rich, strength)))) / weight)
