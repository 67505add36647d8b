"""The voters' money in one Equal Shares run, in whole numbers: exact.

Items are numbers from 0 here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from operator import mul

from budgeting_blocks.domain.counting.backers import Backers, Money


@dataclass(frozen=True, slots=True)
class Quote:
    """What an item costs each supporter (per point), and how many voters pay that or the last of what they have."""

    price: Fraction
    full: int
    rest: int


class ExactPurses:
    """Amounts are whole numbers of one unit, `1 / unit` euros, which is made finer as prices need it.

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
        # What a supporter of each item pays at least: all alike.
        self.least = [Fraction(cost) / each.total for cost, each in zip(costs, backers, strict=True)]

    def price(self, item: int, limit: Fraction | None) -> Fraction | None:
        """The most that a supporter pays (per point) when all together pay the cost; None when they cannot.

        `limit` saves others work; here the whole price is always found.
        """
        quote = self.quote(item)
        return quote.price if quote else None

    def had(self, item: int) -> Fraction:
        """What the supporters have together."""
        backers = self.backers[item]
        amounts = map(self.amounts.__getitem__, backers.fetch(self.owned))
        return Fraction(sum(map(mul, amounts, backers.weights)), self.unit)

    def quote(self, item: int) -> Quote | None:
        """The price and who pays it; None when the supporters have not enough."""
        purses = self._gather(item)
        rest: Money = self.costs[item] * self.unit
        if self._sum(purses) < rest:
            return None
        strength, voters, poor = self.backers[item].total, sum(purses.values()), 0
        for amount, points, weight in self._from_the_poorest(purses):
            if amount * strength >= rest * points:
                break
            rest -= amount * weight
            strength -= points * weight
            poor += weight
        return Quote(Fraction(rest) / (strength * self.unit), voters - poor, poor)

    def pay(self, item: int, price: Fraction) -> None:
        """Every supporter pays the price (times the points), or what is left."""
        owned, backers = self.owned, self.backers[item]
        self._refine(price * points for points in set(backers.points or (1,)))
        if backers.points is None:
            before = backers.fetch(owned)
            known = {amount: self._own(amount, price) for amount in set(before)}
            for place, amount in zip(backers.places, map(known.__getitem__, before), strict=True):
                owned[place] = amount
            return
        after: dict[tuple[int, Money], int] = {}
        for place, points in zip(backers.places, backers.points, strict=False):
            key = (owned[place], points)
            if key not in after:
                after[key] = self._own(owned[place], price * points)
            owned[place] = after[key]

    def _own(self, before: int, paid: Fraction) -> int:
        amount = self.amounts[before] - paid.numerator * (self.unit // paid.denominator)
        if amount <= 0:
            return 0
        self.amounts.append(amount)
        return len(self.amounts) - 1

    def _refine(self, payments: Iterable[Fraction]) -> None:
        finer = lcm(self.unit, *(payment.denominator for payment in payments)) // self.unit
        if finer > 1:
            self.unit *= finer
            self.amounts = [amount * finer for amount in self.amounts]

    def _gather(self, item: int) -> Mapping[tuple[int, Money], int]:
        """How many voters have which amount and give how many points."""
        backers = self.backers[item]
        owned = backers.fetch(self.owned)
        if backers.points is None:
            weights = Counter(owned[: backers.singles])
            for amount, weight in zip(owned[backers.singles :], backers.weights[backers.singles :], strict=True):
                weights[amount] += weight
            return {(amount, 1): weight for amount, weight in weights.items()}
        purses: dict[tuple[int, Money], int] = {}
        for amount, points, weight in zip(owned, backers.points, backers.weights, strict=True):
            purses[amount, points] = purses.get((amount, points), 0) + weight
        return purses

    def _sum(self, purses: Mapping[tuple[int, Money], int]) -> int:
        return sum(self.amounts[amount] * weight for (amount, _), weight in purses.items())

    def _from_the_poorest(self, purses: Mapping[tuple[int, Money], int]) -> list[tuple[int, Money, int]]:
        rows = [(self.amounts[amount], points, weight) for (amount, points), weight in purses.items()]
        if all(points == 1 for _, points, _ in rows):
            return sorted(rows)
        return sorted(rows, key=lambda row: Fraction(row[0]) / row[1])
