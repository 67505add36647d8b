"""Many Equal Shares runs at once, each with another share, in tables of floats: for Add1 on elections of few ballots.

Only what each run buys is told. Like the other searches it is nearly right: whoever stops at a run searches it again and
proves it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from budgeting_blocks.domain.counting.columns import Column
from budgeting_blocks.domain.counting.purses import EQUAL, NEAR
from budgeting_blocks.domain.counting.search import Market

Floats = npt.NDArray[np.float64]
# A price stands when what it brings is as near to the cost as floats come.
STANDS = 1e-13


def choose_for_each(market: Market, shares: Sequence[Fraction]) -> Iterator[frozenset[int]]:
    """The items that each share buys, in the order of the shares."""
    bought = _Fan(market, shares).buy()
    sets: dict[bytes, frozenset[int]] = {}
    for row in np.ascontiguousarray(bought.T):
        if (key := row.tobytes()) not in sets:
            sets[key] = frozenset(map(int, np.flatnonzero(row)))
        yield sets[key]


class _Fan:
    """A column for each share. `money`: a row for each ballot. `prices`: a row for each item, with the least that one of its
    supporters pays (per point); infinite once it is bought or cannot be."""

    def __init__(self, market: Market, shares: Sequence[Fraction]) -> None:
        self.items = [Column.of(backers) for backers in market.backers]
        self.costs = [float(cost) for cost in market.costs]
        # The price of a free item is nothing, whatever it is measured in.
        self.gains = [cost if market.by_cost and cost else 1.0 for cost in self.costs]
        self.money = np.repeat(np.array([list(map(float, shares))]), market.ballots, axis=0)
        least = [cost / item.total for cost, item in zip(self.costs, self.items, strict=True)]
        self.prices = np.repeat(np.array(least).reshape(-1, 1), len(shares), axis=1)
        self.worth = self.prices / np.array(self.gains).reshape(-1, 1)

    def buy(self) -> npt.NDArray[np.bool_]:
        """Whether each item (row) is bought at each share."""
        bought = np.zeros(self.prices.shape, dtype=bool)
        while True:
            best = self._reprice()
            open_shares = np.isfinite(best)
            if not open_shares.any():
                return bought
            # Among equals the lowest number wins.
            chosen = np.where(open_shares, np.argmax(self.worth <= best * (1 + EQUAL), axis=0), -1)
            for item in set(chosen.tolist()) - {-1}:
                here = chosen == item
                bought[item] |= here
                self._pay(item, np.where(here, self.prices[item], 0.0))
                self.prices[item, here] = self.worth[item, here] = np.inf

    def _reprice(self) -> Floats:
        """What the best item is worth at each share. Prices only rise, so those known are enough where they lose already."""
        best = np.full(self.prices.shape[1], np.inf)
        for item in np.argsort(self.worth.min(axis=1)):
            worth = self.worth[item]
            if ((worth <= best * (1 + NEAR)) & np.isfinite(worth)).any():
                self.prices[item] = self._price(item)
                self.worth[item] = self.prices[item] / self.gains[item]
                np.minimum(best, self.worth[item], out=best)
        return best

    def _price(self, item: int) -> Floats:
        """The most that a supporter pays (per point) at each share; infinite where they cannot pay the cost."""
        column, cost, price = self.items[item], self.costs[item], self.prices[item]
        have = self.money[column.places]
        if column.points is not None:
            have /= column.points.reshape(-1, 1)
        out = ~np.isfinite(price) | (column.votes @ have < cost * (1 - EQUAL))
        price = np.where(out, 0.0, price)
        while True:
            # Who has less gives all; the rest is for the others. From below the price never passes the right one.
            missing = cost - column.votes @ np.minimum(have, price)
            strength = column.votes @ (have > price).astype(np.float64)
            rising = (missing > cost * STANDS) & (strength > 0) & ~out
            if not rising.any():
                return np.where(out, np.inf, price)
            price = price + np.divide(missing, strength, out=np.zeros_like(price), where=rising)

    def _pay(self, item: int, price: Floats) -> None:
        column = self.items[item]
        payment = price if column.points is None else column.points.reshape(-1, 1) * price
        self.money[column.places] = np.maximum(self.money[column.places] - payment, 0.0)
