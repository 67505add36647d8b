"""What is counted: items with prices, ballots, and the money."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

# A proposal's key, or whatever a file calls its projects. One election holds one kind only, so that ids have an order.
Id = int | str
# Euros; cents as a fraction, never as a float.
Money = int | Fraction


@dataclass(frozen=True, slots=True)
class Ballot:
    """`weight` voters who all gave these points; an approval is one point."""

    points: tuple[tuple[Id, Money], ...]
    weight: int


@dataclass(frozen=True, slots=True)
class Election:
    """Equal ballots are one ballot with a weight; make one with `of`. Blank ballots are voters too: shares are smaller.

    `costs` prices every item that can be chosen. `votes`: per item its points from all ballots, 0 where there are none.
    """

    budget: Money
    costs: Mapping[Id, Money]
    ballots: tuple[Ballot, ...]
    votes: Mapping[Id, Money] = field(repr=False)
    voters: int

    @classmethod
    def of(
        cls,
        budget: Money,
        costs: Mapping[Id, Money],
        ballots: Iterable[Collection[Id] | Mapping[Id, Money]],
        weights: Iterable[int] | None = None,
    ) -> Election:
        """An election of plain ballots: collections of ids, or mappings from id to points; an item counts once on each.

        `weights`: how many voters gave each ballot, one by default. ValueError when a ballot names an unknown item or
        money is negative.
        """
        if budget < 0 or any(cost < 0 for cost in costs.values()):
            raise ValueError("money cannot be negative")
        merged: Counter[frozenset[tuple[Id, Money]]] = Counter()
        plain: Counter[frozenset[Id]] = Counter()
        for ballot, weight in _weighted(ballots, weights):
            if isinstance(ballot, Mapping):
                merged[frozenset((item, points) for item, points in ballot.items() if points)] += weight
            else:
                plain[frozenset(ballot)] += weight
        for choices, weight in plain.items():
            merged[frozenset((item, 1) for item in choices)] += weight
        return cls._count(budget, costs, tuple(Ballot(tuple(key), weight) for key, weight in merged.items()))

    @classmethod
    def _count(cls, budget: Money, costs: Mapping[Id, Money], ballots: tuple[Ballot, ...]) -> Election:
        votes: dict[Id, Money] = dict.fromkeys(costs, 0)
        try:
            for ballot in ballots:
                for item, points in ballot.points:
                    votes[item] += points * ballot.weight
        except KeyError as error:
            raise ValueError(f"a ballot names {error.args[0]!r}, which has no cost") from error
        return cls(budget, dict(costs), ballots, votes, sum(ballot.weight for ballot in ballots))

    def with_budget(self, budget: Money) -> Election:
        """The same with other money."""
        return Election(budget, self.costs, self.ballots, self.votes, self.voters)

    def without(self, items: Collection[Id]) -> Election:
        """The same without these items; whoever chose nothing else stays a voter."""
        gone = set(items) & self.costs.keys()
        if not gone:
            return self
        costs = {item: cost for item, cost in self.costs.items() if item not in gone}
        ballots = [{item: points for item, points in ballot.points if item not in gone} for ballot in self.ballots]
        return Election.of(self.budget, costs, ballots, [ballot.weight for ballot in self.ballots])


def _weighted(
    ballots: Iterable[Collection[Id] | Mapping[Id, Money]], weights: Iterable[int] | None
) -> Iterable[tuple[Collection[Id] | Mapping[Id, Money], int]]:
    if weights is None:
        return ((ballot, 1) for ballot in ballots)
    return zip(ballots, weights, strict=True)
