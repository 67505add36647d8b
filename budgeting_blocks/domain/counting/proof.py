"""The voters' money in one Equal Shares run, exact.

Whoever has money left has the share less the prices that he or she paid in full. So the exact prices are all that is kept in
whole numbers; what a ballot has is told by the rounds that it paid for. Floats of these amounts decide what is not near;
what is near is compared in whole numbers. Items are numbers from 0 here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from operator import mul

from budgeting_blocks.domain.counting.backers import Backers, Money

# Floats decide beyond this part of the share or of a cost. They are wrong by far less: an amount is made by one subtraction
# of a correctly rounded price per round, each wrong by 2^-53 of the share, and a sum by as much of itself per ballot.
NEAR = 1e-9

# Voters who are alike: their state, the points they give the item in question, how many they are.
Purse = tuple[int, Money, int]


@dataclass(frozen=True, slots=True)
class Quote:
    """What an item costs each supporter (per point), and how many voters pay that or the last of what they have."""

    price: Fraction
    full: int
    rest: int


class ExactPurses:
    """Ballots in the same state have paid alike and have the same left; in state 0 that is nothing.

    `paid`: per state the rounds that were paid for, with the points. `unit`, `share`, `prices`: amounts are whole numbers
    of `1 / unit` euros, which is made finer as prices need it. `amounts`: the same per state in euros, as floats.
    """

    def __init__(self, share: Fraction, ballots: int, costs: Sequence[Money], backers: Sequence[Backers]) -> None:
        self.unit = lcm(share.denominator, *(cost.denominator for cost in costs))
        self.share = share.numerator * (self.unit // share.denominator)
        self.prices: list[int] = []
        self.paid: list[tuple[tuple[int, Money], ...]] = [(), ()]
        self.amounts = [0.0, float(share)]
        self.near = NEAR * float(share)
        self.states = [1] * ballots
        self.costs = costs
        self.backers = backers
        self.doubtful: list[tuple[int, bool]] = []

    @property
    def least(self) -> list[Fraction]:
        """What a supporter of each item pays at least: all alike."""
        return [Fraction(cost) / each.total for cost, each in zip(self.costs, self.backers, strict=True)]

    def price(self, item: int, limit: Fraction | None) -> Fraction | None:
        """The most that a supporter pays (per point) when all together pay the cost; None when they cannot.

        `limit` saves others work; here the whole price is always found.
        """
        quote = self.quote(item)
        return quote.price if quote else None

    def had(self, item: int) -> Fraction:
        """What the supporters have together."""
        return _fraction(self._sum(self._gather(item)), self.unit)

    def quote(self, item: int, guess: float = 0) -> Quote | None:
        """The price and who pays it; None when the supporters have not enough. A good guess of the price saves time.

        Those who have less than the guess give all, which makes a price for the others. Whatever the guess, that is not
        above the right price, so as a guess again it rises; the right price is the one that leads to itself.
        """
        purses = self._gather(item)
        if not self._is_enough(item, purses):
            return None
        poor = [purse for purse in purses if self.amounts[purse[0]] < guess * purse[1]]
        total, voters = self.backers[item].total, sum(weight for _, _, weight in purses)
        while True:
            strength = total - sum(points * weight for _, points, weight in poor)
            if not strength:
                poor = []
                continue
            rest = self._exactly(self.costs[item]) - self._sum(poor)
            poorer = self._poorer(purses, rest, strength)
            if poorer == poor:
                given = sum(weight for _, _, weight in poor)
                return Quote(_fraction(rest, strength * self.unit), voters - given, given)
            poor = poorer

    def pay(self, item: int, price: Fraction) -> None:
        """Every supporter pays the price (times the points), or what is left."""
        finer = lcm(self.unit, price.denominator) // self.unit
        self.unit, self.share = self.unit * finer, self.share * finer
        self.prices = [known * finer for known in self.prices]
        self.prices.append(self._exactly(price))
        backers, paid = self.backers[item], float(price)
        before = backers.fetch(self.states)
        if backers.points is None:
            self._move(backers.places, before, self._after(set(before), 1, paid))
            return
        for points in set(backers.points):
            chosen = [state for state, given in zip(before, backers.points, strict=True) if given == points]
            places = [place for place, given in zip(backers.places, backers.points, strict=True) if given == points]
            self._move(places, chosen, self._after(set(chosen), points, paid))

    def _move(self, places: Sequence[int], before: Sequence[int], after: Mapping[int, int]) -> None:
        states = self.states
        for place, state in zip(places, before, strict=True):
            states[place] = after[state]

    def _after(self, before: Iterable[int], points: Money, price: float) -> dict[int, int]:
        """The states of those who were in these, when they have paid the last of the prices for each point."""
        amounts, histories, near = self.amounts, self.paid, self.near
        payment, price = (len(self.prices) - 1, points), price * float(points)
        after = {}
        for state in before:
            left = amounts[state] - price
            if left > near or (left > -near and self._sum([(state, 1, 1)]) > self.prices[-1] * points):
                after[state] = len(amounts)
                amounts.append(left)
                histories.append((*histories[state], payment))
            else:
                after[state] = 0
        return after

    def _gather(self, item: int) -> list[Purse]:
        backers = self.backers[item]
        states = backers.fetch(self.states)
        if backers.points is None:
            weights = Counter(states[: backers.singles])
            for state, weight in zip(states[backers.singles :], backers.weights[backers.singles :], strict=True):
                weights[state] += weight
            return [(state, 1, weight) for state, weight in weights.items()]
        purses: dict[tuple[int, Money], int] = {}
        for state, points, weight in zip(states, backers.points, backers.weights, strict=True):
            purses[state, points] = purses.get((state, points), 0) + weight
        return [(state, points, weight) for (state, points), weight in purses.items()]

    def _is_enough(self, item: int, purses: Sequence[Purse]) -> bool:
        cost, total = float(self.costs[item]), sum(self.amounts[state] * weight for state, _, weight in purses)
        if abs(total - cost) > NEAR * cost:
            return total > cost
        return self._sum(purses) >= self._exactly(self.costs[item])

    def _poorer(self, purses: Sequence[Purse], rest: Money, strength: Money) -> list[Purse]:
        """Those who have less than `rest / strength` units per point that they give."""
        price = float(rest / (strength * self.unit))
        poorer = []
        for purse in purses:
            above = self.amounts[purse[0]] - price * purse[1]
            if above < -self.near or (above < self.near and self._sum([(purse[0], 1, 1)]) * strength < rest * purse[1]):
                poorer.append(purse)
        return poorer

    def _sum(self, purses: Sequence[Purse]) -> Money:
        """What they have together, in units."""
        shares, prices = 0, list[Money]([0]) * len(self.prices)
        for state, _, weight in purses:
            if state:
                shares += weight
                for number, points in self.paid[state]:
                    prices[number] += weight * points
        return shares * self.share - sum(map(mul, self.prices, prices))

    def _exactly(self, amount: Money) -> int:
        """The amount in units, which are fine enough for it."""
        return amount.numerator * (self.unit // amount.denominator)


def _fraction(number: Money, parts: Money) -> Fraction:
    if isinstance(number, int) and isinstance(parts, int):
        return Fraction(number, parts)
    return Fraction(number) / parts
