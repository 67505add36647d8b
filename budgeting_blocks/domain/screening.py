"""What the city's assessment of a proposal demands, and what an open vote freezes. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a published proposal stands."""

    NOT_ASSESSED = "not_assessed"
    UNDER_ASSESSMENT = "under_assessment"
    PROCEEDS = "proceeds"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    IMPLEMENTED = "implemented"


ON_BALLOT = frozenset({State.PROCEEDS, State.IMPLEMENTED})
DECIDED = frozenset({State.PROCEEDS, State.REJECTED, State.WITHDRAWN, State.IMPLEMENTED})
WAITING = frozenset({State.NOT_ASSESSED, State.UNDER_ASSESSMENT})

# What must be filled in before a proposal may be in a state.
DEMANDS: dict[State, frozenset[str]] = {
    State.PROCEEDS: frozenset({"cost", "reasons"}),
    State.IMPLEMENTED: frozenset({"cost", "reasons"}),
    State.REJECTED: frozenset({"reasons"}),
    State.WITHDRAWN: frozenset({"reasons"}),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """The part of an assessment that the ballot depends on. `cost` in euros, `upkeep` in euros a year, `pot` by id."""

    state: State
    cost: int | None = None
    upkeep: int | None = None
    pot: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether one criterion is met; where it is not, `reason` tells why."""

    met: bool
    reason: str = ""


def missing(state: State | str, *, cost: int | None, reasons: str) -> frozenset[str]:
    """The fields ("cost", "reasons") that the state demands and that are empty."""
    given = {"cost": bool(cost), "reasons": bool(reasons.strip())}
    return frozenset(name for name in DEMANDS.get(State(state), frozenset()) if not given[name])


def changes_ballot(before: Finding, after: Finding) -> bool:
    """Whether the change would put a proposal on the ballot, take it off, or change what it costs there and whom."""
    was, will_be = before.state in ON_BALLOT, after.state in ON_BALLOT
    price = before.cost, before.upkeep or 0, before.pot
    return was != will_be or (will_be and price != (after.cost, after.upkeep or 0, after.pot))
