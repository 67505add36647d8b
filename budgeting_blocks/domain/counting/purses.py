"""The voters' money in one Equal Shares run, in floats: fast, and nearly right.

Items are numbers from 0 here.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
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
        # What a supporter of each item pays at least: all alike at first, later what was found, as prices only rise.
        self.least = [cost / float(each.total) for cost, each in zip(self.costs, backers, strict=True)]

    def price(self, item: int, limit: float | None) -> float | None:
        """The most that a supporter pays (per point) when all together pay the cost; None when they cannot.

        A price above the limit matters to nobody: the answer may then be less than the price, but not less than the limit.
        """
        backers, cost = self.backers[item], self.costs[item]
        have: Sequence[float] = backers.fetch_light(self.money)
        heavy: Sequence[float] = backers.fetch_heavy(self.money)
        if backers.heavy_points is not None:
            heavy = list(map(truediv, heavy, backers.heavy_points))
        total = sum(have) + sum(map(mul, heavy, backers.heavy))
        enough = total >= cost * (1 - EQUAL)
        if abs(total - cost) <= NEAR * cost:
            self.doubtful.append((item, enough))
        if not enough:
            return None
        pairs = list(zip(heavy, backers.heavy, strict=True))
        self.least[item] = _price(have, pairs, total, cost, self.least[item], limit)
        return self.least[item]

    def pay(self, item: int, price: float) -> None:
        """Every supporter pays the price (times the points), or what is left."""
        money, backers = self.money, self.backers[item]
        if backers.heavy_points is None:
            for place in backers.places:
                have = money[place]
                money[place] = have - price if have > price else 0.0
            return
        for place, points in zip(backers.places, backers.heavy_points, strict=True):
            money[place] = max(money[place] - price * points, 0.0)


def _price(
    have: Sequence[float],
    heavy: Sequence[tuple[float, float]],
    total: float,
    cost: float,
    least: float,
    limit: float | None,
) -> float:
    """Whoever has less than the price gives all; the rest is for the others, which raises the price, until it stands.

    Any guess leads to a price that is no higher than the right one, so the limit is a good first guess: either it shows at
    once that the price is above, or the search goes on from below.
    """
    price = least
    if limit is not None and limit > least:
        rich, rich_heavy, strength, paid = _split(have, heavy, total, limit)
        if strength:
            better = (cost - paid) / strength
            if better > limit:
                return better
            price = max(least, better)
    while True:
        rich, rich_heavy, strength, paid = _split(have, heavy, total, price)
        if not strength:
            return max(max(have, default=0.0), max(heavy, default=(0.0, 0.0))[0])
        price = max(price, (cost - paid) / strength)
        if len(rich) == len(have) and len(rich_heavy) == len(heavy):
            return price
        have, heavy, total, cost = rich, rich_heavy, total - paid, cost - paid


def _split(
    have: Sequence[float], heavy: Sequence[tuple[float, float]], total: float, price: float
) -> tuple[Sequence[float], Sequence[tuple[float, float]], float, float]:
    """Those who can pay the price, how many points they gave, and what the others have."""
    rich = [money for money in have if money >= price]
    rich_heavy = [pair for pair in heavy if pair[0] >= price]
    strength = len(rich) + sum(weight for _, weight in rich_heavy)
    paid = total - sum(rich) - sum(money * weight for money, weight in rich_heavy)
    return rich, rich_heavy, strength, paid
