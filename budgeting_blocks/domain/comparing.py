"""The same ballots by other rules, and with parts left out. Plain Python."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from budgeting_blocks.domain.countlog import BoxBallot, count_box
from budgeting_blocks.domain.freezing import Frozen, Rules
from budgeting_blocks.domain.rules import Add1Stop, Completion, CountRule, MeansKind, Strength, Utility


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to count, and what came of it. `pleased`: ballots of which at least one choice was funded."""

    count_rule: str
    utility: str
    winners: tuple[int, ...]
    spent: int
    pleased: int


@dataclass(frozen=True, slots=True)
class Variant:
    """One recount of a sensitivity report. `key` names what was left out, `detail` its name where there are several."""

    key: str
    detail: str
    ballots: int
    gained: tuple[int, ...]
    lost: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rule in force first among the alternatives."""

    alternatives: tuple[Alternative, ...]
    variants: tuple[Variant, ...]

    def as_json(self) -> dict[str, Any]:
        """What `from_json` reads."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Comparison:
        """What `as_json` made."""
        return cls(
            tuple(Alternative(**row | {"winners": tuple(row["winners"])}) for row in kept["alternatives"]),
            tuple(
                Variant(**row | {"gained": tuple(row["gained"]), "lost": tuple(row["lost"])})
                for row in kept["variants"]
            ),
        )


def compare_counts(frozen: Frozen, box: Sequence[BoxBallot], *, seed: str = "") -> Comparison:
    """The same ballots by every rule, and by the rule in force with parts left out."""
    alternatives = compare_rules(frozen, box, seed=seed)
    return Comparison(tuple(alternatives), tuple(sensitivity(frozen, box, winners=alternatives[0].winners, seed=seed)))


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
    spent = sum(pot.spent for pot in count.pots)
    return Alternative(rules.count_rule.value, rules.utility.value, count.winners, spent, pleased)


def sensitivity(frozen: Frozen, box: Sequence[BoxBallot], *, winners: Collection[int], seed: str = "") -> list[Variant]:
    """How the winners would change without paper, without weak means, and without each pot. `winners`: of the whole box.

    Of a ballot it looks at nothing but its channel and its strength, besides the choices that every count needs.
    """
    won = set(winners)

    def variant(key: str, kept: Callable[[BoxBallot], bool]) -> Variant:
        left = [ballot for ballot in box if kept(ballot)]
        return _variant(key, "", frozen, left, won, seed)

    variants = []
    if any(ballot.means == MeansKind.PAPER for ballot in box):
        variants.append(variant("paper", lambda ballot: ballot.means != MeansKind.PAPER))
    strengths = {ballot.strength for ballot in box}
    if Strength.WEAK in strengths:
        variants.append(variant("weak", lambda ballot: ballot.strength != Strength.WEAK))
    if Strength.STRONG in strengths and len(strengths) > 1:
        variants.append(variant("not-strong", lambda ballot: ballot.strength == Strength.STRONG))
    for pot in frozen.pots if len(frozen.pots) > 1 else ():
        others = replace(frozen, pots=tuple(share for share in frozen.pots if share.key != pot.key))
        stayed = {item for item in won if frozen.items[item].pot != pot.key}
        variants.append(_variant("pot", pot.name, others, box, stayed, seed))
    return variants


def _variant(key: str, detail: str, frozen: Frozen, box: Sequence[BoxBallot], winners: set[int], seed: str) -> Variant:
    found = set(count_box(frozen, box, seed=seed).winners)
    number = sum(ballot.weight for ballot in box)
    return Variant(key, detail, number, tuple(sorted(found - winners)), tuple(sorted(winners - found)))
