"""The same ballots by other rules, beside the rule in force. Plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from budgeting_blocks.domain.countlog import BoxBallot, RoundCount, count_box
from budgeting_blocks.domain.freezing import Frozen
from budgeting_blocks.domain.rules import Add1Stop, Completion, CountRule, Rules, Utility


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to count, and what came of it. `pleased`: ballots of which at least one choice was funded."""

    rules: Rules
    count: RoundCount
    pleased: int
    in_force: bool

    @property
    def spent(self) -> int:
        return sum(pot.spent for pot in self.count.pots)


def compare_rules(frozen: Frozen, box: Sequence[BoxBallot], *, seed: str = "") -> list[Alternative]:
    """The rule in force first, then the others; only the way of counting differs, thresholds and ties stay."""
    shares = replace(
        frozen.rules,
        count_rule=CountRule.EQUAL_SHARES,
        completion=Completion.ADD1_GREEDY,
        add1_stop=Add1Stop.OVERSPEND,
    )
    others = [
        replace(frozen.rules, count_rule=CountRule.GREEDY),
        replace(frozen.rules, count_rule=CountRule.GREEDY_STOP),
        replace(shares, utility=Utility.COST),
        replace(shares, utility=Utility.CARDINALITY),
    ]
    wanted = [frozen.rules, *(rules for rules in others if not _same_way(rules, frozen.rules))]
    return [_counted(frozen, box, rules, seed) for rules in wanted]


def _same_way(one: Rules, other: Rules) -> bool:
    if one.count_rule is not other.count_rule:
        return False
    return one.count_rule is not CountRule.EQUAL_SHARES or one.utility is other.utility


def _counted(frozen: Frozen, box: Sequence[BoxBallot], rules: Rules, seed: str) -> Alternative:
    count = count_box(frozen, box, rules=rules, seed=seed)
    won = set(count.winners)
    pleased = sum(ballot.weight for ballot in box if any(item in won for item, _points in ballot.choices))
    return Alternative(rules, count, pleased, rules is frozen.rules)
