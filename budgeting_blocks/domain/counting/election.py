"""What is counted: items with prices, ballots, and the money."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter, itemgetter, mul
from typing import Any

from budgeting_blocks.domain.counting.backers import Backers, Money

# A proposal's key, or whatever a file calls its projects. One election holds one kind only, so that ids have an order.
Id = int | str
# What `Election.of` takes as one ballot: the approved, or points by item.
AnyBallot = Collection[Id] | Mapping[Any, Money]


@dataclass(frozen=True, slots=True)
class Ballot:
    """`weight` voters who all gave `points` to `items`, in the same order; None: one point to each."""

    items: tuple[Id, ...]
    points: tuple[Money, ...] | None
    weight: int


@dataclass(frozen=True, slots=True)
class Election:
    """Equal ballots are one ballot with a weight; make one with `of`. Blank ballots are voters too: shares are smaller.

    `costs` prices every item that can be chosen, in euros; cents are fractions, never floats. `votes`: per item its points
    from all ballots, 0 where there are none. `backers` has the items that somebody gives more than nothing.
    """

    budget: Money
    costs: Mapping[Id, Money]
    ballots: tuple[Ballot, ...] = field(repr=False)
    votes: Mapping[Id, Money] = field(repr=False)
    voters: int
    backers: Mapping[Id, Backers] = field(repr=False, compare=False)

    @classmethod
    def of(
        cls,
        budget: Money,
        costs: Mapping[Any, Money],
        ballots: Iterable[AnyBallot],
        weights: Iterable[int] | None = None,
    ) -> Election:
        """An election of plain ballots: collections of ids, or mappings from id to points; an item counts once on each.

        `weights`: how many voters gave each ballot, one by default. ValueError when a ballot names an unknown item or
        money is negative.
        """
        if budget < 0 or any(cost < 0 for cost in costs.values()):
            raise ValueError("money cannot be negative")
        approvals: Counter[frozenset[Id]] = Counter()
        pointed: Counter[frozenset[tuple[Id, Money]]] = Counter()
        for ballot, weight in _weighted(ballots, weights):
            if isinstance(ballot, Mapping):
                pointed[frozenset((item, points) for item, points in ballot.items() if points)] += weight
            else:
                approvals[frozenset(ballot)] += weight
        merged = [Ballot(tuple(items), None, weight) for items, weight in approvals.items()]
        for given, weight in pointed.items():
            items, points = zip(*given, strict=True) if given else ((), ())
            merged.append(Ballot(items, points, weight))
        # The lightest first: those of one voter each are then one slice for whoever sums them up.
        merged.sort(key=attrgetter("weight"))
        return cls._index(budget, dict(costs), tuple(merged))

    @classmethod
    def _index(cls, budget: Money, costs: Mapping[Id, Money], ballots: tuple[Ballot, ...]) -> Election:
        places: dict[Id, list[int]] = {item: [] for item in costs}
        points: dict[Id, dict[int, Money]] = {}
        try:
            for place, ballot in enumerate(ballots):
                for item in ballot.items:
                    places[item].append(place)
                for item, given in zip(ballot.items, ballot.points or (), strict=False):
                    points.setdefault(item, {})[place] = given
        except KeyError as error:
            raise ValueError(f"a ballot names {error.args[0]!r}, which has no cost") from error
        votes: dict[Id, Money] = dict.fromkeys(costs, 0)
        backers: dict[Id, Backers] = {}
        all_weights = [ballot.weight for ballot in ballots]
        for item in costs:
            if not places[item]:
                continue
            weights = itemgetter(*places[item], places[item][0])(all_weights)[:-1]
            given_here = points.get(item)
            values = [given_here.get(place, 1) for place in places[item]] if given_here else None
            votes[item] = sum(map(mul, weights, values)) if values else sum(weights)
            if values is None or max(values) > 0:
                backers[item] = Backers.of(places[item], weights, values)
        return cls(budget, costs, ballots, votes, sum(all_weights), backers)

    def with_budget(self, budget: Money) -> Election:
        """The same with other money."""
        return Election(budget, self.costs, self.ballots, self.votes, self.voters, self.backers)

    def without(self, items: Collection[Id]) -> Election:
        """The same without these items; whoever chose nothing else stays a voter."""
        gone = set(items) & self.costs.keys()
        if not gone:
            return self
        costs = {item: cost for item, cost in self.costs.items() if item not in gone}
        ballots: list[AnyBallot] = []
        for ballot in self.ballots:
            if ballot.points is None:
                ballots.append([item for item in ballot.items if item not in gone])
            else:
                pairs = zip(ballot.items, ballot.points, strict=True)
                ballots.append({item: given for item, given in pairs if item not in gone})
        return Election.of(self.budget, costs, ballots, [ballot.weight for ballot in self.ballots])


def _weighted(ballots: Iterable[AnyBallot], weights: Iterable[int] | None) -> Iterable[tuple[AnyBallot, int]]:
    if weights is None:
        return ((ballot, 1) for ballot in ballots)
    return zip(ballots, weights, strict=True)
