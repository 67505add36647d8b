"""Traces that many votes of one hand could leave, as counts. Plain Python.

Nothing here tells what stands on a ballot, nor whose one is: only how many look alike, and which batch was used unlike the
others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from budgeting_blocks.domain.countlog import Choices

# A ballot of one or two items is like many others by itself.
LEAST_CHOICES = 3
LEAST_ALIKE = 10
LEAST_GIVEN = 20
MOST_CLUSTERS = 10


@dataclass(frozen=True, slots=True)
class Cluster:
    """So many ballots are the same in all choices and points; `by_means`: how many of them came by which means."""

    ballots: int
    by_means: tuple[tuple[str, int], ...]


def clusters(ballots: Iterable[tuple[str, Choices]]) -> list[Cluster]:
    """The largest sets of equal ballots, each ballot being its means and its items with points, in a fixed order."""
    found: defaultdict[Choices, Counter[str]] = defaultdict(Counter)
    for means, choices in ballots:
        if len(choices) >= LEAST_CHOICES:
            found[choices][means] += 1
    sets = [Cluster(means.total(), tuple(means.most_common())) for means in found.values()]
    alike = [cluster for cluster in sets if cluster.ballots >= LEAST_ALIKE]
    return sorted(alike, key=lambda cluster: -cluster.ballots)[:MOST_CLUSTERS]


def stands_out(given: int, used: int, all_given: int, all_used: int) -> bool:
    """Whether a batch was used far more than the others were: twice their share, and half of its codes at least."""
    rest_given, rest_used = all_given - given, all_used - used
    if given < LEAST_GIVEN or rest_given < LEAST_GIVEN:
        return False
    share, rest = used / given, rest_used / rest_given
    return share >= 0.5 and share >= 2 * rest
