"""How a count is made, as far as the count itself needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from budgeting_blocks.domain.counting.election import Money
from budgeting_blocks.domain.rules import Add1Stop, Completion, CountRule, TieRule, Utility


class Start(StrEnum):
    """Whether voters' first shares are budget ÷ voters exactly, or rounded down to whole euros."""

    EXACT = "exact"
    ROUNDED_DOWN = "rounded-down"


@dataclass(frozen=True, slots=True)
class Rules:
    """`utility` … `start` matter to Equal Shares only. `seed` is the lot's and needed with no other tie rule.

    `increment`: what Add1 adds to each voter's share at a time, in euros. `threshold`: fewest votes (points) that an item
    needs. ValueError when they do not make a rule.
    """

    rule: CountRule = CountRule.GREEDY
    utility: Utility = Utility.COST
    completion: Completion = Completion.NONE
    add1_stop: Add1Stop = Add1Stop.OVERSPEND
    increment: Money = 1
    start: Start = Start.EXACT
    threshold: Money = 0
    tie_rule: TieRule = TieRule.CHEAPER
    seed: str = ""

    def __post_init__(self) -> None:
        if self.increment <= 0:
            raise ValueError("the increment must be more than nothing")
        if self.tie_rule == TieRule.LOT and not self.seed:
            raise ValueError("a lot needs its seed")

    @property
    def raises_shares(self) -> bool:
        """Whether shares rise until the money is used."""
        return self.completion in {Completion.ADD1, Completion.ADD1_GREEDY}

    @property
    def completes_by_votes(self) -> bool:
        """Whether money that Equal Shares leaves goes to those with most votes."""
        return self.completion in {Completion.GREEDY, Completion.ADD1_GREEDY}
