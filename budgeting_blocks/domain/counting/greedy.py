"""Most votes first."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from budgeting_blocks.domain.counting.election import Election, Id, Money
from budgeting_blocks.domain.counting.result import Reason, Step, Tie


@dataclass(slots=True)
class Progress:
    """A count on its way. `fates`: why an item won or lost, and what was left of the budget when its turn came."""

    left: Money
    steps: list[Step] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    fates: dict[Id, tuple[Reason, Money]] = field(default_factory=dict)


def choose_by_votes(
    election: Election, items: Collection[Id], order: Mapping[Id, int], progress: Progress, *, stop: bool, won: Reason
) -> None:
    """Add to `progress` those of `items` that the money is enough for, most votes first.

    `stop`: end at the first that does not fit instead of skipping it. `order` settles ties; it is reported where another
    order would change who is funded.
    """
    ranked = sorted(items, key=lambda item: (-election.votes[item], order[item]))
    stopped = False
    for votes, group in groupby(ranked, key=election.votes.__getitem__):
        equals = list(group)
        # Whoever of the equals comes first is funded if it fits alone; so the order decides exactly when not all fit.
        # When a misfit ends the count, one that cannot fit at all decides it too.
        fitting = [item for item in equals if election.costs[item] <= progress.left]
        contenders = equals if stop and fitting else fitting
        if len(contenders) > 1 and not stopped and _sum(election, contenders) > progress.left:
            progress.ties.append(Tie(len(progress.steps) + 1, tuple(contenders)))
        for item in equals:
            cost, left = election.costs[item], progress.left
            if stopped or cost > left:
                progress.fates[item] = (Reason.STOPPED if stopped else Reason.DOES_NOT_FIT, left)
                stopped = stop
                continue
            progress.left = left - cost
            progress.steps.append(Step(item, votes, cost, progress.left))
            progress.fates[item] = (won, left)


def _sum(election: Election, items: Collection[Id]) -> Money:
    return sum(election.costs[item] for item in items)
