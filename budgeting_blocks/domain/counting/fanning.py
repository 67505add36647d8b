"""Many Equal Shares runs at once, each with another share, in tables of floats: for Add1 on elections of few ballots.

Only what each run buys is told. Like the other searches it is nearly right: whoever stops at a run searches it again and
proves it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from budgeting_blocks.domain.counting.columns import Column
from budgeting_blocks.domain.counting.purses import EQUAL, NEAR
from budgeting_blocks.domain.counting.search import Market

Floats = npt.NDArray[np.float64]
# A price stands when what it brings is as near to the cost as floats come.
STANDS = 2e-15


def choose_for_each(market: Market, columns: Sequence[Column], shares: Floats) -> Iterator[frozenset[int]]:
    """The items that each share buys, in the order of the shares. `columns`: the market's backers."""
    bought = _Fan(market, columns, shares).buy()
    sets: dict[bytes, frozenset[int]] = {}
    for row in np.ascontiguousarray(bought.T):
        if (key := row.tobytes()) not in sets:
            sets[key] = frozenset(map(int, np.flatnonzero(row)))
        yield sets[key]


class _Fan:
    """A column for each share. `money`: a row for each ballot. `prices`: a row for each item, with the least that one of its
    supporters pays (per point); infinite once it is bought or cannot be."""

    def __init__(self, market: Market, columns: Sequence[Column], shares: Floats) -> None:
        self.items = columns
        self.costs = [float(cost) for cost in market.costs]
        # The price of a free item is nothing, whatever it is measured in.
        self.gains = [cost if market.by_cost and cost else 1.0 for cost in self.costs]
        self.money = np.repeat(shares.reshape(1, -1), market.ballots, axis=0)
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
            for item in sorted(set(chosen.tolist()) - {-1}):
                here = chosen == item
                bought[item] |= here
                self._pay(item, np.where(here, self.prices[item], 0.0))
                self.prices[item, here] = self.worth[item, here] = np.inf

    def _reprice(self) -> Floats:
        """What the best item is worth at each share. Prices only rise, so those known are enough where they lose already."""
        best = limit = np.full(self.prices.shape[1], np.inf)
        highest = np.inf
        for least, item in sorted(zip(self.worth.min(axis=1).tolist(), range(len(self.items)), strict=True)):
            if least > highest or least == np.inf:
                break
            if np.count_nonzero(self.worth[item] <= limit):
                self.prices[item] = price = self._price(item)
                self.worth[item] = worth = price / self.gains[item]
                best = np.minimum(best, worth)
                limit = best * (1 + NEAR)
                highest = limit.max()
        return best

    def _price(self, item: int) -> Floats:
        """The most that a supporter pays (per point) at each share; infinite where they cannot pay the cost."""
        column, cost, price = self.items[item], self.costs[item], self.prices[item]
        have = self.money.take(column.places, axis=0)
        if column.points is not None:
            have /= column.points.reshape(-1, 1)
        able = (price < np.inf) & (column.votes @ have >= cost * (1 - EQUAL))
        price = np.where(able, price, 0.0)
        while True:
            # Who has less gives all; the rest is for the others. From below the price never passes the right one.
            missing = cost - column.votes @ np.minimum(have, price)
            rising = able & (missing > cost * STANDS)
            if np.count_nonzero(rising):
                strength = column.votes @ (have > price).astype(np.float64)
                rising &= strength > 0
            if not np.count_nonzero(rising):
                return np.where(able, price, np.inf)
            price[rising] += missing[rising] / strength[rising]

    def _pay(self, item: int, price: Floats) -> None:
        column = self.items[item]
        payment = price if column.points is None else column.points.reshape(-1, 1) * price
        self.money[column.places] = np.maximum(self.money[column.places] - payment, 0.0)
