"""The voters' money in one Equal Shares run, in columns of floats: for elections of many ballots.

The same as `FloatPurses`, whose lists are quicker where few support an item. Both are only searched with; `proof` decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from budgeting_blocks.domain.counting.backers import Backers, Money
from budgeting_blocks.domain.counting.purses import EQUAL, NEAR

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Column:
    """One item's supporters: their places among the ballots, the points of each, voters × points, and the sum of these."""

    places: npt.NDArray[np.intp]
    points: Floats | None
    votes: Floats
    total: float

    @classmethod
    def of(cls, backers: Backers) -> Column:
        points = None if backers.points is None else np.array(list(map(float, backers.points)))
        weights = np.array(backers.weights, dtype=np.float64)
        votes = weights if points is None else weights * points
        return cls(np.array(backers.places, dtype=np.intp), points, votes, float(backers.total))


class ColumnPurses:
    """See `FloatPurses`, whose meaning `doubtful` and `least` have here too."""

    def __init__(self, share: Fraction, ballots: int, costs: Sequence[Money], columns: Sequence[Column]) -> None:
        self.money = np.full(ballots, float(share))
        self.costs = [float(cost) for cost in costs]
        self.columns = columns
        self.doubtful: list[tuple[int, bool]] = []
        self.least = [cost / each.total for cost, each in zip(self.costs, columns, strict=True)]

    def price(self, item: int, limit: float | None) -> float | None:
        """The most that a supporter pays (per point) when all together pay the cost; None when they cannot.

        Whoever has less than the price gives all; the rest is for the others, which raises the price, until it stands.
        """
        column, cost = self.columns[item], self.costs[item]
        have: Floats = self.money[column.places]
        if column.points is not None:
            have /= column.points
        amounts = have * column.votes
        total = float(amounts.sum())
        enough = total >= cost * (1 - EQUAL)
        if abs(total - cost) <= NEAR * cost:
            self.doubtful.append((item, enough))
        if not enough:
            return None
        price, poor = self.least[item], -1
        while True:
            rich = have >= price
            count = int(np.count_nonzero(rich))
            if not count:
                price = float(have.max())
                break
            if len(have) - count == poor:
                break
            poor = len(have) - count
            price = max(price, (cost - float(amounts[~rich].sum())) / float(column.votes[rich].sum()))
        self.least[item] = price
        return price

    def pay(self, item: int, price: float) -> None:
        """Every supporter pays the price (times the points), or what is left."""
        column = self.columns[item]
        payment = price if column.points is None else price * column.points
        self.money[column.places] = np.maximum(self.money[column.places] - payment, 0.0)
