"""The voters' money in one Equal Shares run, in floats for the search and in whole numbers for the proof.

Both kinds answer what an item would cost each supporter, and take the payments. Items are numbers from 0 here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import compress
from math import gcd
from operator import itemgetter, mul, truediv
from typing import Any

from budgeting_blocks.domain.counting.election import Money

# Nearer than this to each other, two floats may be equal numbers; their order is then for exact numbers to tell. Sums over
# a hundred thousand ballots stay a hundred times nearer to the truth.
NEAR = 1e-9
# Nearer than this the search takes them for equal.
EQUAL = 1e-11


@dataclass(slots=True)
class Backers:
    """Who supports one item: places of ballots, how many voters stand behind each, and the points that each gives.

    `strength` is voters × points, in floats. `alike`: every strength is 1, so that sums need no products.
    """

    places: list[int]
    weights: list[int]
    points: list[Money]
    fetch: itemgetter[Any]
    strength: list[float]
    total: float
    alike: bool
    approval: bool

    @classmethod
    def of(cls, places: list[int], weights: list[int], points: list[Money]) -> Backers:
        """Itemgetter gives no tuple for a lone place; a second one without voters behind it makes it one."""
        if len(places) == 1:
            places, weights, points = places * 2, [weights[0], 0], points * 2
        strength = [float(weight * point) for weight, point in zip(weights, points, strict=True)]
        return cls(
            places,
            weights,
            points,
            itemgetter(*places),
            strength,
            sum(strength),
            alike=all(value == 1 for value in strength),
            approval=all(point == 1 for point in points),
        )


class FloatPurses:
    """Fast. `doubtful` gathers items whose supporters have so nearly the cost that floats cannot tell on which side."""

    def __init__(self, share: Fraction, ballots: int, costs: Sequence[Money], backers: Sequence[Backers]) -> None:
        self.money = [float(share)] * ballots
        self.costs = [float(cost) for cost in costs]
        self.backers = backers
        self.doubtful: list[tuple[int, bool]] = []

    def least_price(self, item: int) -> float:
        """What a supporter would pay at least, at any time: all alike."""
        return self.costs[item] / self.backers[item].total

    def price(self, item: int) -> float | None:
        """The most that a supporter pays (per point) when all together pay the cost; None when they cannot."""
        backers, cost = self.backers[item], self.costs[item]
        have: Sequence[float] = backers.fetch(self.money)
        if not backers.approval:
            have = list(map(truediv, have, map(float, backers.points)))
        total = sum(have) if backers.alike else sum(map(mul, have, backers.strength))
        enough = total >= cost * (1 - EQUAL)
        if abs(total - cost) <= NEAR * cost:
            self.doubtful.append((item, enough))
        if not enough:
            return None
        if backers.alike:
            return _price_alike(have, total, cost)
        return _price_weighted(have, backers.strength, backers.total, cost)

    def pay(self, item: int, price: float) -> None:
        """Every supporter pays the price (times the points), or what is left."""
        money, backers = self.money, self.backers[item]
        if backers.approval:
            for place in backers.places:
                have = money[place]
                money[place] = have - price if have > price else 0.0
            return
        for place, points in zip(backers.places[: _real(backers)], backers.points, strict=False):
            money[place] = max(money[place] - price * float(points), 0.0)


def _real(backers: Backers) -> int:
    """How many places have voters behind them: all but the one that fills up."""
    return len(backers.places) - (backers.weights[-1] == 0)


def _price_alike(have: Sequence[float], total: float, cost: float) -> float:
    # Whoever has less than the price gives all; the rest is for the others, which raises the price, until it stands.
    count = len(have)
    price = cost / count
    while True:
        rich = [money for money in have if money >= price]
        if not rich:
            return max(have)
        if len(rich) == count:
            return price
        count, have = len(rich), rich
        left = cost - (total - sum(rich))
        price = max(price, left / count)


def _price_weighted(have: Sequence[float], strength: Sequence[float], total: float, cost: float) -> float:
    price = cost / total
    while True:
        rich = [money >= price for money in have]
        kept = list(compress(have, rich))
        if not kept:
            return max(have)
        if len(kept) == len(have):
            return price
        poor = sum(money * weight for money, weight, is_rich in zip(have, strength, rich, strict=True) if not is_rich)
        have, strength = kept, list(compress(strength, rich))
        cost -= poor
        weight = sum(strength)
        if weight <= 0:
            return max(have)
        price = max(price, cost / weight)


@dataclass(frozen=True, slots=True)
class Quote:
    """What an item costs each supporter (per point), and how many voters pay that or the last of what they have."""

    price: Fraction
    full: int
    rest: int


class ExactPurses:
    """Whole numbers of one unit, `1 / self.unit` euros, which is made finer as prices need it.

    Most voters have the same as many others, so amounts are kept once, in `amounts`, and a ballot knows only which is
    its own. Amount 0 is no money at all.
    """

    def __init__(self, share: Fraction, ballots: int, costs: Sequence[Money], backers: Sequence[Backers]) -> None:
        self.unit = share.denominator
        self.amounts = [0, share.numerator]
        self.owned = [1] * ballots
        self.costs = costs
        self.backers = backers
        self.doubtful: list[tuple[int, bool]] = []

    def least_price(self, item: int) -> Fraction:
        """What a supporter would pay at least, at any time: all alike."""
        return Fraction(self.costs[item]) / sum(map(mul, self.backers[item].weights, self.backers[item].points))

    def price(self, item: int) -> Fraction | None:
        """The most that a supporter pays (per point) when all together pay the cost; None when they cannot."""
        quote = self.quote(item)
        return quote.price if quote else None

    def had(self, item: int) -> Fraction:
        """What the supporters have together."""
        purses = self._gather(item)
        return Fraction(sum(self.amounts[amount] * weight for (amount, _), weight in purses.items()), self.unit)

    def quote(self, item: int) -> Quote | None:
        """The price and who pays it; None when the supporters have not enough."""
        purses = self._gather(item)
        rest: Money = self.costs[item] * self.unit
        if sum(self.amounts[amount] * weight for (amount, _), weight in purses.items()) < rest:
            return None
        strength: Money = sum(points * weight for (_, points), weight in purses.items())
        voters = sum(purses.values())
        poor = 0
        for amount, points, weight in self._from_the_poorest(purses):
            if amount * strength >= rest * points:
                break
            rest -= amount * weight
            strength -= points * weight
            poor += weight
        return Quote(Fraction(rest) / (strength * self.unit), voters - poor, poor)

    def pay(self, item: int, price: Fraction) -> None:
        """Every supporter pays the price (times the points), or what is left."""
        backers = self.backers[item]
        self._refine(price, backers)
        whole = price * self.unit
        after: dict[tuple[int, Money], int] = {}
        for place, points in zip(backers.places[: _real(backers)], backers.points, strict=False):
            key = (self.owned[place], points)
            if key not in after:
                after[key] = self._own(self.amounts[key[0]] - int(whole * points))
            self.owned[place] = after[key]

    def _own(self, amount: int) -> int:
        if amount <= 0:
            return 0
        self.amounts.append(amount)
        return len(self.amounts) - 1

    def _refine(self, price: Fraction, backers: Backers) -> None:
        need = 1
        for points in {price} if backers.approval else {price * points for points in set(backers.points)}:
            need = need * points.denominator // gcd(need, points.denominator)
        finer = need // gcd(self.unit, need)
        if finer > 1:
            self.unit *= finer
            self.amounts = [amount * finer for amount in self.amounts]

    def _gather(self, item: int) -> Mapping[tuple[int, Money], int]:
        backers = self.backers[item]
        purses: dict[tuple[int, Money], int] = {}
        for amount, points, weight in zip(backers.fetch(self.owned), backers.points, backers.weights, strict=True):
            key = (amount, points)
            purses[key] = purses.get(key, 0) + weight
        return purses

    def _from_the_poorest(self, purses: Mapping[tuple[int, Money], int]) -> list[tuple[int, Money, int]]:
        rows = [(self.amounts[amount], points, weight) for (amount, points), weight in purses.items()]
        if all(points == 1 for _, points, _ in rows):
            return sorted(rows)
        return sorted(rows, key=lambda row: Fraction(row[0]) / row[1])
