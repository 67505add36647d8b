"""One run of Equal Shares with a given share: who is bought, in which order.

The run is searched for in floats and then proved with whole numbers; where the two part, whole numbers count it again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import Any

from budgeting_blocks.domain.counting.backers import Backers, Money
from budgeting_blocks.domain.counting.columns import Column, ColumnPurses
from budgeting_blocks.domain.counting.proof import ExactPurses, Quote
from budgeting_blocks.domain.counting.purses import EQUAL, NEAR, FloatPurses

# So many different ballots support an item, on average, where columns are quicker than lists.
MANY = 150


@dataclass(frozen=True, slots=True)
class Market:
    """The items of an election by their place in the order of ties, so that the lowest number wins among equals.

    `by_cost`: a supporter's gain is the money spent on the item, not the item.
    """

    costs: Sequence[Money]
    backers: Sequence[Backers]
    ballots: int
    by_cost: bool
    columns: Sequence[Column] | None = None

    @classmethod
    def of(cls, costs: Sequence[Money], backers: Sequence[Backers], ballots: int, *, by_cost: bool) -> Market:
        """A market laid out for its size."""
        is_large = sum(len(each.places) for each in backers) >= MANY * len(backers)
        return cls(costs, backers, ballots, by_cost, [Column.of(each) for each in backers] if is_large else None)

    def purses(self, share: Fraction) -> FloatPurses | ColumnPurses:
        """Everybody's money before the first round, in floats."""
        if self.columns is None:
            return FloatPurses(share, self.ballots, self.costs, self.backers)
        return ColumnPurses(share, self.ballots, self.costs, self.columns)

    def worth(self, item: int, price: Any) -> Any:
        """What the least decides: price per gain."""
        return price / self.costs[item] if self.by_cost and price else price

    def price(self, item: int, worth: Any) -> Any:
        """The price that is worth so much."""
        return worth * self.costs[item] if self.by_cost else worth


@dataclass(slots=True)
class Purchase:
    """One round of the search. `rivals`: those that only exact numbers tell from the winner, which is among them.
    `doubtful`: items that were found to be affordable or not, by a hair."""

    item: int
    rivals: list[int]
    doubtful: list[tuple[int, bool]]
    price: float = 0.0


@dataclass(slots=True)
class Bought:
    """A proven round. `equals`: all that were exactly as good, the winner first."""

    item: int
    quote: Quote
    equals: list[int]


@dataclass(slots=True)
class Run:
    """A proven run. `purses` hold what is left to whom."""

    bought: list[Bought]
    purses: ExactPurses = field(repr=False)


def search(market: Market, share: Fraction) -> list[Purchase]:
    """The purchases as floats see them; nearly equal ones are taken for equal."""
    purses = market.purses(share)
    rounds: list[Purchase] = []

    def note(item: int, rivals: list[int], price: float) -> None:
        rounds.append(Purchase(item, rivals, purses.doubtful, price))
        purses.doubtful = []
        purses.pay(item, price)

    _buy(market, purses, EQUAL, note)
    if purses.doubtful:
        rounds.append(Purchase(-1, [], purses.doubtful))
    return rounds


def run_exactly(market: Market, share: Fraction, found: Sequence[Purchase]) -> Run:
    """The run in whole numbers; `found` is what `search` found, and is followed as long as it proves right."""
    return _prove(market, share, found) or _run_from_scratch(market, share)


def _prove(market: Market, share: Fraction, found: Sequence[Purchase]) -> Run | None:
    purses = ExactPurses(share, market.ballots, market.costs, market.backers)
    bought: list[Bought] = []
    for purchase in found:
        if any((purses.quote(item) is not None) != enough for item, enough in purchase.doubtful):
            return None
        if not purchase.rivals:
            continue
        quotes = {item: quote for item in purchase.rivals if (quote := purses.quote(item, purchase.price))}
        equals = sorted(quotes)
        if len(quotes) > 1:
            worth = {item: market.worth(item, quote.price) for item, quote in quotes.items()}
            equals = [item for item in equals if worth[item] == min(worth.values())]
        if not equals or equals[0] != purchase.item:
            return None
        bought.append(Bought(purchase.item, quotes[purchase.item], equals))
        purses.pay(purchase.item, quotes[purchase.item].price)
    return Run(bought, purses)


def _run_from_scratch(market: Market, share: Fraction) -> Run:
    purses = ExactPurses(share, market.ballots, market.costs, market.backers)
    bought: list[Bought] = []

    def note(item: int, equals: list[int], price: Fraction) -> None:
        quote = purses.quote(item)
        assert quote is not None  # noqa: S101 it was just bought
        bought.append(Bought(item, quote, sorted(equals)))
        purses.pay(item, price)

    _buy(market, purses, 0, note)
    return Run(bought, purses)


def _buy(
    market: Market,
    purses: FloatPurses | ColumnPurses | ExactPurses,
    equal: float,
    note: Callable[[int, list[int], Any], None],
) -> None:
    """Rounds until nothing can be bought. `note` gets the winner, those as near to it as matters, and its price.

    A price never falls, because money only goes. So the last known one bounds the next from below, and a round looks at
    items in that order only until the bound is worse than the best found.
    """
    near = NEAR if equal else 0
    queue = [(market.worth(item, purses.least[item]), item) for item in range(len(market.costs))]
    heapify(queue)
    while queue:
        seen: list[tuple[Any, int, Any]] = []
        best: Any = None
        while queue and (best is None or queue[0][0] <= _up(best, near)):
            _, item = heappop(queue)
            limit = None if best is None else market.price(item, _up(best, near))
            if (price := purses.price(item, limit)) is not None:
                worth = market.worth(item, price)
                seen.append((worth, item, price))
                best = worth if best is None else min(best, worth)
        if not seen:
            return
        _, item, price = min((row for row in seen if row[0] <= _up(best, equal)), key=lambda row: row[1])
        for row in seen:
            if row[1] != item:
                heappush(queue, (row[0], row[1]))
        note(item, [row[1] for row in seen if row[0] <= _up(best, near)], price)


def _up(value: Any, share: float) -> Any:
    """A little more than the value; exact numbers stay as they are."""
    return value * (1 + share) if share else value
