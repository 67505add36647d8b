"""Who supports an item, laid out for fast sums."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import compress
from operator import itemgetter, mul
from typing import Any

Money = int | Fraction


@dataclass(frozen=True, slots=True)
class Backers:
    """The ballots that give one item something, by their place, and how many voters stand behind each.

    `points`: what each of those voters gives, None where all give one. `fetch` takes the backers' values out of a list of
    all ballots' values. `strength` is voters × points in floats; `alike`: all of them are 1, so that sums need no products.
    `singles`: so many of the first have one voter each.
    """

    places: Sequence[int]
    weights: Sequence[int]
    points: Sequence[Money] | None
    fetch: itemgetter[Any]
    strength: Sequence[float]
    total: Money
    alike: bool
    singles: int

    @classmethod
    def of(cls, places: Sequence[int], weights: Sequence[int], points: Sequence[Money] | None) -> Backers:
        """`places` has at least one, those of the lightest ballots first. Points that are not positive are no support."""
        if points is not None and min(points) <= 0:
            given = [value > 0 for value in points]
            places, weights, points = [list(compress(column, given)) for column in (places, weights, points)]
        if len(places) == 1:
            # Itemgetter gives no tuple for a lone place; a second one without voters behind it makes it one.
            places, weights, points = [places[0]] * 2, [weights[0], 0], points and [points[0]] * 2
        votes: Sequence[Money] = weights if points is None else list(map(mul, weights, points))
        strength = list(map(float, votes))
        alike = strength.count(1.0) == len(strength)
        singles = bisect_right(weights, 1) if weights[-1] else 1
        return cls(places, weights, points, itemgetter(*places), strength, sum(votes), alike, singles)

    @property
    def real_places(self) -> Sequence[int]:
        """The places with voters behind them."""
        return self.places if self.weights[-1] else self.places[:-1]
