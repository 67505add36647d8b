"""The count of a whole round: pot by pot, with a log that tells each item's fate. Plain Python.

A pot is counted by itself: its voters are those who chose something in it. So its ballots as a file, counted with the pot's
money, give the same winners.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from budgeting_blocks.domain.freezing import Frozen, PotShare
from budgeting_blocks.domain.outcomes import Outcome
from budgeting_blocks.domain.potcount import PotBallot, PotCount, count_pot
from budgeting_blocks.domain.rules import Leftover, MeansKind, Rules, Strength


@dataclass(frozen=True, slots=True)
class BoxBallot:
    """Equal ballots of one channel and strength, `weight` of them. `choices`: item and points, by item."""

    means: str
    strength: str
    choices: tuple[tuple[int, int], ...]
    weight: int


@dataclass(frozen=True, slots=True)
class CountedItem:
    """What became of one item. `why` holds the figures that the explanation speaks of."""

    item: int
    pot: int
    votes: int
    cost: int
    outcome: Outcome
    why: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CountedPot:
    """`received`: money that earlier pots passed on, in euros."""

    share: PotShare
    received: int
    count: PotCount
    items: tuple[CountedItem, ...]

    @property
    def spent(self) -> int:
        return sum(item.cost for item in self.items if item.outcome is Outcome.WON)

    @property
    def left(self) -> int:
        return self.share.budget + self.received - self.spent


@dataclass(frozen=True, slots=True)
class RoundCount:
    """The count of a round. `ballots` are those counted."""

    rules: Rules
    ballots: int
    pots: tuple[CountedPot, ...]

    @property
    def winners(self) -> tuple[int, ...]:
        """The funded items, pot by pot in the order of choice."""
        return tuple(item for pot in self.pots for item in pot.count.selected)

    @property
    def ties(self) -> list[list[int]]:
        """The groups between which the tie rule decided."""
        return [list(tie) for pot in self.pots for tie in pot.count.ties]

    def log(self) -> dict[str, Any]:
        """The count as JSON."""
        return {
            "rules": asdict(self.rules),
            "ballots": self.ballots,
            "pots": [
                {
                    "key": pot.share.key,
                    "name": pot.share.name,
                    "budget": pot.share.budget,
                    "received": pot.received,
                    "spent": pot.spent,
                    "left": pot.left,
                    "voters": pot.count.voters,
                    "selected": list(pot.count.selected),
                    "ties": [list(tie) for tie in pot.count.ties],
                    "items": [item.item for item in pot.items],
                    "steps": list(pot.count.steps),
                }
                for pot in self.pots
            ],
        }


def count_box(frozen: Frozen, box: Iterable[BoxBallot], *, rules: Rules | None = None, seed: str = "") -> RoundCount:
    """Count these ballots by the frozen rules, or by `rules` instead. `seed`: the lot's, where the tie rule is a lot."""
    ballots = list(box)
    used = rules or frozen.rules
    pots: list[CountedPot] = []
    received = 0
    for share in frozen.pots:
        costs = {pk: item.cost for pk, item in frozen.items.items() if item.pot == share.key}
        count = count_pot(_ballots_in(ballots, costs), costs, share.budget + received, used, seed)
        items = tuple(
            CountedItem(item, share.key, count.votes[item], costs[item], outcome, why)
            for item, (outcome, why) in count.fates.items()
        )
        pots.append(CountedPot(share, received, count, items))
        received = pots[-1].left if used.leftover is Leftover.PASSED_ON else 0
    return RoundCount(used, sum(ballot.weight for ballot in ballots), tuple(pots))


def _ballots_in(ballots: Iterable[BoxBallot], costs: Mapping[int, int]) -> list[PotBallot]:
    """The pot's part of each ballot, equal parts together."""
    weights: dict[tuple[tuple[int, int], ...], int] = {}
    for ballot in ballots:
        part = tuple(choice for choice in ballot.choices if choice[0] in costs)
        if part:
            weights[part] = weights.get(part, 0) + ballot.weight
    return [PotBallot(part, weight) for part, weight in sorted(weights.items())]


@dataclass(frozen=True, slots=True)
class Variant:
    """One recount of a sensitivity report. `key` names what was left out, `detail` its name where there are several."""

    key: str
    detail: str
    ballots: int
    gained: tuple[int, ...]
    lost: tuple[int, ...]


def sensitivity(frozen: Frozen, box: Sequence[BoxBallot], *, seed: str = "") -> list[Variant]:
    """How the winners would change without paper, without each weaker strength, and without each pot.

    Of a ballot it looks at nothing but its channel and its strength, besides the choices that every count needs.
    """
    winners = set(count_box(frozen, box, seed=seed).winners)

    def variant(key: str, detail: str, kept: Callable[[BoxBallot], bool], share: int | None = None) -> Variant:
        left = [ballot for ballot in box if kept(ballot)]
        changed = frozen
        if share is not None:
            changed = replace(frozen, pots=tuple(pot for pot in frozen.pots if pot.key != share))
        found = set(count_box(changed, left, seed=seed).winners)
        stayed = winners if share is None else {item for item in winners if frozen.items[item].pot != share}
        number = sum(ballot.weight for ballot in left)
        return Variant(key, detail, number, tuple(sorted(found - stayed)), tuple(sorted(stayed - found)))

    variants = []
    if any(ballot.means == MeansKind.PAPER for ballot in box):
        variants.append(variant("paper", "", lambda ballot: ballot.means != MeansKind.PAPER))
    strengths = {ballot.strength for ballot in box}
    if len(strengths) > 1:
        if Strength.WEAK in strengths:
            variants.append(variant("weak", "", lambda ballot: ballot.strength != Strength.WEAK))
        if Strength.STRONG in strengths and strengths - {Strength.STRONG, Strength.WEAK}:
            variants.append(variant("not-strong", "", lambda ballot: ballot.strength == Strength.STRONG))
    if len(frozen.pots) > 1:
        variants += [variant("pot", pot.name, lambda _ballot: True, pot.key) for pot in frozen.pots]
    return variants
