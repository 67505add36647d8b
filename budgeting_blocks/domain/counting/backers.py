"""Who supports an item, laid out for fast sums."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, compress, repeat
from operator import itemgetter, mul
from typing import Any

Money = int | Fraction

# A ballot of so many voters is summed up as so many ballots: plain sums are faster than products.
LIGHT = 4


@dataclass(frozen=True, slots=True)
class Backers:
    """The ballots that give one item something, by their place, and how many voters stand behind each.

    `points`: what each of those voters gives, None where all give one. `total`: the points of all. `fetch` takes the
    backers' values out of a list of all ballots' values. `singles`: so many of the first have one voter each.

    `fetch_light` takes the values of the first ballots, one for each voter with one point, and `fetch_heavy` those of the
    others, which `heavy_points` and `heavy` (voters × points) go with.
    """

    places: Sequence[int]
    weights: Sequence[int]
    points: Sequence[Money] | None
    total: Money
    singles: int
    fetch: Callable[[Sequence[Any]], tuple[Any, ...]]
    fetch_light: Callable[[Sequence[Any]], tuple[Any, ...]]
    fetch_heavy: Callable[[Sequence[Any]], tuple[Any, ...]]
    heavy: Sequence[float]
    heavy_points: Sequence[float] | None

    @classmethod
    def of(cls, places: Sequence[int], weights: Sequence[int], points: Sequence[Money] | None) -> Backers:
        """`places` has at least one, those of the lightest ballots first. Points that are not positive are no support."""
        if points is not None and min(points) <= 0:
            given = [value > 0 for value in points]
            places, weights = list(compress(places, given)), list(compress(weights, given))
            points = list(compress(points, given))
        votes: Sequence[Money] = weights if points is None else list(map(mul, weights, points))
        light = bisect_right(weights, LIGHT) if points is None else 0
        repeated = list(chain.from_iterable(map(repeat, places[:light], weights[:light])))
        return cls(
            places,
            weights,
            points,
            sum(votes),
            bisect_right(weights, 1),
            _fetcher(places),
            _fetcher(repeated),
            _fetcher(places[light:]),
            list(map(float, votes[light:])),
            None if points is None else list(map(float, points)),
        )


def _fetcher(places: Sequence[int]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """Itemgetter, which gives no tuple for one place or none."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda values: tuple(values[place] for place in places)
