"""The closed box, read for counting. Only the count, the count view and a published round's package may ask for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from budgeting_blocks.domain.ballots import Choice, find_problem
from budgeting_blocks.domain.countlog import BoxBallot, Choices
from budgeting_blocks.domain.freezing import Frozen
from budgeting_blocks.models import Ballot, BallotChoice, Round
from budgeting_blocks.selectors.rules import frozen_versions, withdrawn_items


@dataclass(frozen=True, slots=True)
class Box:
    """`ballots`: the good ones, equal ones together. `void`: how many are against the rules, by means."""

    ballots: tuple[BoxBallot, ...]
    void: Mapping[str, int]

    @property
    def counted(self) -> int:
        return sum(ballot.weight for ballot in self.ballots)


def ballots_of(round: Round) -> Iterator[tuple[str, str, Choices]]:
    """Means, strength and sorted choices of every ballot, good or not. Two queries."""
    ways = dict[int, tuple[str, str]]()
    for pk, means, strength in Ballot.objects.filter(round=round).values_list("pk", "means", "strength"):
        ways[pk] = (means, strength)
    chosen: dict[int, list[tuple[int, int]]] = {pk: [] for pk in ways}
    rows = BallotChoice.objects.filter(ballot__round=round).values_list("ballot_id", "proposal_id", "points")
    for ballot_id, item, points in rows.iterator(chunk_size=10_000):
        chosen[ballot_id].append((item, points))
    for pk, choices in chosen.items():
        yield *ways[pk], tuple(sorted(choices))


def read_box(round: Round, frozen: Frozen) -> Box:
    """Every ballot once more against the rules, as they were at one time or another. Four queries.

    Choices of items that a correction took off the ballot do not count, and do not spoil the rest of it.
    """
    withdrawn = withdrawn_items(round)
    # A ballot holds no time, so nothing tells which version its voter saw: it must be good by one of them.
    versions = frozen_versions(round) or [frozen]
    equal = Counter(ballots_of(round))
    good: Counter[tuple[str, str, Choices]] = Counter()
    void = Counter[str]()
    for (means, strength, choices), weight in equal.items():
        left = tuple(choice for choice in choices if choice[0] not in withdrawn)
        if all(find_problem([Choice(*choice) for choice in choices], version) for version in versions):
            void[means] += weight
        else:
            good[(means, strength, left)] += weight
    return Box(tuple(BoxBallot(*key, weight) for key, weight in sorted(good.items())), void)
