"""The closed box, read for counting. Only the count, the count view and a published round's package may ask for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from budgeting_blocks.domain.ballots import Choice, find_problem
from budgeting_blocks.domain.countlog import BoxBallot
from budgeting_blocks.domain.freezing import Frozen
from budgeting_blocks.models import Ballot, BallotChoice, Round
from budgeting_blocks.selectors.rules import withdrawn_items


@dataclass(frozen=True, slots=True)
class Box:
    """`ballots`: the good ones, equal ones together. `void`: how many are against the rules, by means."""

    ballots: tuple[BoxBallot, ...]
    void: Mapping[str, int]

    @property
    def counted(self) -> int:
        return sum(ballot.weight for ballot in self.ballots)


def read_box(round: Round, frozen: Frozen) -> Box:
    """Every ballot once more against the rules. Three queries.

    Choices of items that a correction took off the ballot do not count, and do not spoil the rest of it.
    """
    ways = dict[int, tuple[str, str]]()
    for pk, means, strength in Ballot.objects.filter(round=round).values_list("pk", "means", "strength"):
        ways[pk] = (means, strength)
    chosen: dict[int, list[tuple[int, int]]] = {pk: [] for pk in ways}
    rows = BallotChoice.objects.filter(ballot__round=round).values_list("ballot_id", "proposal_id", "points")
    for ballot_id, item, points in rows.iterator(chunk_size=10_000):
        chosen[ballot_id].append((item, points))
    withdrawn = withdrawn_items(round)
    # What voters chose from has been corrected since: their ballots are not judged by prices that they did not see.
    is_corrected = frozen.number > 1
    equal = Counter((*ways[pk], tuple(sorted(choices))) for pk, choices in chosen.items())
    good: Counter[tuple[str, str, tuple[tuple[int, int], ...]]] = Counter()
    void = Counter[str]()
    for (means, strength, choices), weight in equal.items():
        left = tuple(choice for choice in choices if choice[0] not in withdrawn)
        if not is_corrected and find_problem([Choice(*choice) for choice in choices], frozen) is not None:
            void[means] += weight
        else:
            good[(means, strength, left)] += weight
    return Box(tuple(BoxBallot(*key, weight) for key, weight in sorted(good.items())), void)
