"""What a count says: the winners, how each round went, and why each item won or lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from budgeting_blocks.domain.counting.election import Election, Id, Money
from budgeting_blocks.domain.counting.ruleset import Rules


class Reason(StrEnum):
    """Why an item won or lost."""

    SELECTED = "selected"
    COMPLETED = "completed"
    NO_VOTES = "no-votes"
    BELOW_THRESHOLD = "below-threshold"
    OVER_BUDGET = "over-budget"
    DOES_NOT_FIT = "does-not-fit"
    STOPPED = "stopped"
    OUT_OF_MONEY = "out-of-money"


WON = frozenset({Reason.SELECTED, Reason.COMPLETED})


@dataclass(frozen=True, slots=True)
class Step:
    """One item chosen. `left`: the budget after it.

    Equal Shares only: `price` is the most that one voter paid for it (per point), `paid_full` and `paid_rest` how many
    voters paid that and how many gave the last of their money; elsewhere None and 0.
    """

    item: Id
    votes: Money
    cost: Money
    left: Money
    price: Fraction | None = None
    paid_full: int = 0
    paid_rest: int = 0

    @property
    def effective_votes(self) -> Fraction | None:
        """Cost ÷ price: as many voters would carry the item if all paid alike. None for an item that costs nothing."""
        return self.cost / self.price if self.price else None


@dataclass(frozen=True, slots=True)
class Tie:
    """Equals of which the tie rule chose; `items` in its order. `round` is the step, from 1, before which they stood."""

    round: int
    items: tuple[Id, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Why one item won or lost.

    `step`: a winner's place in the order of choice, from 1. `left`: what was left of the budget when its turn came. `had`:
    what its supporters had together when Equal Shares ended, which was less than `cost`. `needed`: the vote threshold.
    """

    item: Id
    reason: Reason
    votes: Money
    cost: Money
    step: int | None = None
    left: Money | None = None
    had: Fraction | None = None
    needed: Money | None = None
    price: Fraction | None = None

    @property
    def won(self) -> bool:
        """Whether it is funded."""
        return self.reason in WON


@dataclass(frozen=True)
class Result:
    """`share`: what each voter had at the start of the last Equal Shares run, else None. `tell` makes the outcomes."""

    rules: Rules
    election: Election
    steps: tuple[Step, ...]
    ties: tuple[Tie, ...]
    tell: Callable[[], Mapping[Id, Outcome]] = field(repr=False, compare=False)
    share: Fraction | None = None

    @cached_property
    def outcomes(self) -> Mapping[Id, Outcome]:
        """The winners in the order of choice, then the others by votes and the tie rule. Worked out when asked for."""
        return self.tell()

    @property
    def selected(self) -> tuple[Id, ...]:
        """The winners in the order of choice."""
        return tuple(step.item for step in self.steps)

    @property
    def cost(self) -> Money:
        """What the winners cost together."""
        return sum(step.cost for step in self.steps)

    @property
    def left(self) -> Money:
        """What the winners leave of the budget."""
        return self.election.budget - self.cost
