"""The count of one pot, with what every item's fate hung on. Plain Python."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from budgeting_blocks.domain.outcomes import Outcome
from budgeting_blocks.domain.rules import CountRule, Rules, TieRule

Fate = tuple[Outcome, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class PotBallot:
    """Equal ballots: `weight` of them, each with these items and points."""

    choices: tuple[tuple[int, int], ...]
    weight: int


@dataclass(frozen=True, slots=True)
class PotCount:
    """`selected` in the order of choice; `votes` (or points) and `fates` by item, `fates` in the order of the result."""

    selected: tuple[int, ...]
    ties: tuple[tuple[int, ...], ...]
    votes: Mapping[int, int]
    fates: Mapping[int, Fate]
    steps: tuple[Mapping[str, Any], ...]
    voters: int


def count_pot(
    ballots: Sequence[PotBallot], costs: Mapping[int, int], budget: int, rules: Rules, seed: str = ""
) -> PotCount:
    """Count ballots that hold nothing but items of `costs`. Money in euros."""
    raise NotImplementedError
