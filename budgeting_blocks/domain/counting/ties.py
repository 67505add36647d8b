"""Who goes first among equals."""

from __future__ import annotations

import hashlib
from typing import Any

from budgeting_blocks.domain.counting.election import Election, Id
from budgeting_blocks.domain.counting.ruleset import Rules
from budgeting_blocks.domain.rules import TieRule


def order_of_ties(election: Election, rules: Rules) -> dict[Id, int]:
    """Each item's place in the order that settles every tie of this count, 0 first.

    Whatever the rule leaves equal is settled by the lower cost, then more votes, then the id.
    """

    def key(item: Id) -> tuple[Any, ...]:
        cost, votes = election.costs[item], election.votes[item]
        if rules.tie_rule == TieRule.MORE_VOTES:
            return (-votes, cost, item)
        lot = lot_number(rules.seed, item) if rules.tie_rule == TieRule.LOT else ""
        return (lot, cost, -votes, item)

    return {item: place for place, item in enumerate(sorted(election.costs, key=key))}


def lot_number(seed: str, item: Id) -> str:
    """What the lot sorts by: anybody with the seed can draw it again with any SHA-256 tool."""
    return hashlib.sha256(f"{seed}:{item}".encode()).hexdigest()
