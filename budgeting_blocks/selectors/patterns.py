"""What looks odd about a sealed box, as counts for the coordinator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from budgeting_blocks.choices import MeansKind, Strength
from budgeting_blocks.domain.patterns import Cluster, clusters, stands_out
from budgeting_blocks.models import Ballot, Round
from budgeting_blocks.selectors.counted import ballots_of
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
    # Any: the types do not know what the query annotates.
    batches: list[Any] = list(batches_with_turnout(round))
    given, used = sum(batch.given for batch in batches), sum(batch.used for batch in batches)
    box = Ballot.objects.filter(round=round)
    alike = clusters((means, choices) for means, _strength, choices in ballots_of(round))
    return Patterns(
        ballots=box.count(),
        weak=box.filter(strength=Strength.WEAK).count(),
        means=turnout_by_means(round),
        batches=[
            UsedBatch(batch.label, batch.given, batch.used, stands_out(batch.given, batch.used, given, used))
            for batch in batches
        ],
        sets=[(cluster.ballots, _means_text(cluster)) for cluster in alike],
    )


def _means_text(cluster: Cluster) -> str:
    parts = [_("%(means)s %(count)d") % {"means": MeansKind(kind).label, "count": n} for kind, n in cluster.by_means]
    return ", ".join(parts)
