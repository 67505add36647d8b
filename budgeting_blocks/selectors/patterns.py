"""What looks odd about a sealed box, as counts for the coordinator."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from budgeting_blocks.choices import MeansKind, Strength
from budgeting_blocks.domain.patterns import Cluster, clusters, stands_out
from budgeting_blocks.models import Ballot, BallotChoice, Round
from budgeting_blocks.selectors.rights import MeansTurnout, batches_with_turnout, turnout_by_means


@dataclass(frozen=True, slots=True)
class UsedBatch:
    """How many codes of a batch were used; `odd`: far more than of the others."""

    label: str
    given: int
    used: int
    odd: bool


@dataclass(frozen=True, slots=True)
class Patterns:
    """`weak`: ballots that came by a means of weak strength. `sets`: equal ballots, how many, and by which means."""

    ballots: int
    weak: int
    means: list[MeansTurnout]
    batches: list[UsedBatch]
    sets: list[tuple[int, str]]

    @property
    def weak_percent(self) -> int:
        return round(100 * self.weak / self.ballots) if self.ballots else 0


def odd_patterns(round: Round) -> Patterns:
    """Read the register and the box of one round. Nine queries; a second or two for 100 000 ballots."""
    batches = list(batches_with_turnout(round).values_list("label", "given", "used"))
    all_given, all_used = sum(row[1] for row in batches), sum(row[2] for row in batches)
    box = Ballot.objects.filter(round=round)
    return Patterns(
        ballots=box.count(),
        weak=box.filter(strength=Strength.WEAK).count(),
        means=turnout_by_means(round),
        batches=[
            UsedBatch(label, given, used, stands_out(given, used, all_given, all_used))
            for label, given, used in batches
        ],
        sets=[(cluster.ballots, _means_text(cluster)) for cluster in clusters(_ballots(round))],
    )


def _ballots(round: Round) -> Iterator[tuple[str, frozenset[tuple[int, int]]]]:
    choices: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    rows = BallotChoice.objects.filter(ballot__round=round).values_list("ballot_id", "proposal_id", "points")
    for ballot, proposal, points in rows.iterator(chunk_size=10_000):
        choices[ballot].append((proposal, points))
    for pk, means in Ballot.objects.filter(round=round).values_list("pk", "means").iterator():
        yield means, frozenset(choices[pk])


def _means_text(cluster: Cluster) -> str:
    parts = [_("%(means)s %(count)d") % {"means": MeansKind(kind).label, "count": n} for kind, n in cluster.by_means]
    return ", ".join(parts)
