"""Several pots of money counted one after the other, with what one leaves passed on to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgeting_blocks.domain.counting.counting import count
from budgeting_blocks.domain.counting.election import Election, Id, Money
from budgeting_blocks.domain.counting.result import Result
from budgeting_blocks.domain.counting.ruleset import Rules


@dataclass(frozen=True, slots=True)
class Pot:
    """`passes_to`: the key of a later pot that gets what this one leaves; None keeps it unused.

    An overall pot is one more pot, last, whose election holds the items of all: those that won before are not in it again.
    """

    key: str
    election: Election
    rules: Rules
    passes_to: str | None = None


@dataclass(frozen=True, slots=True)
class PotResult:
    """`received`: money of earlier pots, contained in the budget of `result.election`."""

    key: str
    result: Result
    received: Money


def count_pots(pots: Sequence[Pot]) -> list[PotResult]:
    """The results in the order given. ValueError when money would go to no pot or to one that is already counted."""
    keys = [pot.key for pot in pots]
    if len(set(keys)) != len(keys):
        raise ValueError("two pots have the same key")
    for place, pot in enumerate(pots):
        if pot.passes_to is not None and pot.passes_to not in keys[place + 1 :]:
            raise ValueError(f"the money of {pot.key} cannot go to {pot.passes_to}, which is not counted later")
    received: dict[str, Money] = dict.fromkeys(keys, 0)
    won: set[Id] = set()
    results = []
    for pot in pots:
        extra = received[pot.key]
        election = pot.election.without(won).with_budget(pot.election.budget + extra)
        result = count(election, pot.rules)
        won |= set(result.selected)
        if pot.passes_to is not None:
            received[pot.passes_to] += result.left
        results.append(PotResult(pot.key, result, extra))
    return results
