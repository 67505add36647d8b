"""The count of a whole round, pot by pot, and its log, which tells each item's fate. Plain Python.

A pot is counted by itself: its voters are those who chose something in it. So its ballots as a file, counted with the pot's
money, give the same winners.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from budgeting_blocks.domain import counting
from budgeting_blocks.domain.freezing import Frozen, PotShare, Rules
from budgeting_blocks.domain.rules import CountRule, Leftover

# Items, each with its points.
Choices = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class BoxBallot:
    """Equal ballots of one channel and strength, `weight` of them."""

    means: str
    strength: str
    choices: Choices
    weight: int


@dataclass(frozen=True, slots=True)
class CountedItem:
    """What became of one item. `why` holds the figures that its explanation speaks of, as JSON."""

    item: int
    pot: int
    votes: int
    cost: int
    reason: counting.Reason
    why: Mapping[str, Any]

    @property
    def won(self) -> bool:
        return self.reason in counting.WON


@dataclass(frozen=True, slots=True)
class CountedPot:
    """One pot. `received`: money that earlier pots passed on, in euros. `items` in the order of the result."""

    share: PotShare
    received: int
    result: counting.Result
    items: tuple[CountedItem, ...]

    @property
    def spent(self) -> int:
        return sum(item.cost for item in self.items if item.won)


@dataclass(frozen=True, slots=True)
class RoundCount:
    """The count of a round. `ballots` are those counted."""

    rules: Rules
    ballots: int
    pots: tuple[CountedPot, ...]

    @property
    def winners(self) -> tuple[int, ...]:
        """The funded items, pot by pot in the order of choice."""
        return tuple(int(item) for pot in self.pots for item in pot.result.selected)

    @property
    def ties(self) -> list[list[int]]:
        """The groups between which the tie rule decided."""
        return [[int(item) for item in tie.items] for pot in self.pots for tie in pot.result.ties]

    def log(self) -> dict[str, Any]:
        """The count as JSON; sums with cents are texts."""
        return {
            "rules": asdict(self.rules),
            "ballots": self.ballots,
            "pots": [_pot_log(pot) for pot in self.pots],
        }


def count_box(frozen: Frozen, box: Iterable[BoxBallot], *, rules: Rules | None = None, seed: str = "") -> RoundCount:
    """Count these ballots by the frozen rules, or by `rules` instead. `seed`: the lot's, where the tie rule is a lot."""
    ballots, used = list(box), rules or frozen.rules
    keys = [str(share.key) for share in frozen.pots]
    passed = [*keys[1:], None] if used.leftover is Leftover.PASSED_ON else [None] * len(keys)
    pots = []
    for share, key, passes_to in zip(frozen.pots, keys, passed, strict=True):
        costs = {pk: item.cost for pk, item in frozen.items.items() if item.pot == share.key}
        parts = list(_parts(ballots, costs))
        election = counting.Election.of(
            share.budget, costs, [dict(part) for part, _ in parts], [weight for _, weight in parts]
        )
        pots.append(counting.Pot(key, election, engine_rules(used, seed), passes_to))
    results = counting.count_pots(pots)
    counted = (
        CountedPot(share, int(found.received), found.result, tuple(_items(share, found.result)))
        for share, found in zip(frozen.pots, results, strict=True)
    )
    return RoundCount(used, sum(ballot.weight for ballot in ballots), tuple(counted))


def engine_rules(rules: Rules, seed: str) -> counting.Rules:
    """A rule sheet's rules as the engine takes them."""
    return counting.Rules(
        rule=rules.count_rule,
        utility=rules.utility,
        completion=rules.completion,
        add1_stop=rules.add1_stop,
        increment=rules.increment,
        threshold=rules.threshold,
        tie_rule=rules.tie_rule,
        seed=seed,
    )


def _parts(ballots: Iterable[BoxBallot], costs: Mapping[int, int]) -> Iterator[tuple[tuple[tuple[int, int], ...], int]]:
    """The pot's part of each ballot; who chose nothing in the pot is no voter of it."""
    for ballot in ballots:
        if part := tuple(choice for choice in ballot.choices if choice[0] in costs):
            yield part, ballot.weight


def figures(result: counting.Result) -> Iterator[tuple[counting.Outcome, dict[str, Any]]]:
    """Each item in the order of the result, with the figures that its explanation speaks of, as JSON."""
    ties = counting.order_of_ties(result.election, result.rules)
    by_votes = sorted(result.outcomes, key=lambda item: (-result.outcomes[item].votes, ties[item]))
    places = {item: place for place, item in enumerate(by_votes, start=1)}
    # By votes, funded or not: that is how residents read such a list. Equal Shares has an order of its own.
    order = list(result.outcomes) if result.rules.rule is CountRule.EQUAL_SHARES else by_votes
    for item in order:
        outcome = result.outcomes[item]
        why: dict[str, Any] = {"place": places[item], "left": _money(outcome.left or 0)}
        if outcome.step is not None:
            why["step"] = outcome.step
        if outcome.price is not None:
            why["price"] = _cents(outcome.price)
        if outcome.had is not None:
            why["had"] = _cents(outcome.had)
        equals = [other for tie in result.ties if item in tie.items for other in tie.items if other != item]
        if equals:
            why["equals"] = equals
        yield outcome, why


def _items(share: PotShare, result: counting.Result) -> Iterator[CountedItem]:
    for outcome, why in figures(result):
        yield CountedItem(int(outcome.item), share.key, int(outcome.votes), int(outcome.cost), outcome.reason, why)


def _pot_log(pot: CountedPot) -> dict[str, Any]:
    result = pot.result
    return {
        "key": pot.share.key,
        "name": pot.share.name,
        "budget": pot.share.budget,
        "received": pot.received,
        "spent": pot.spent,
        "left": _whole(result.left),
        "voters": result.election.voters,
        "share": _cents(result.share),
        "selected": list(result.selected),
        "ties": [list(tie.items) for tie in result.ties],
        "items": [
            {"item": item.item, "votes": item.votes, "cost": item.cost, "reason": item.reason.value, "why": item.why}
            for item in pot.items
        ],
        "steps": [
            {
                "item": step.item,
                "votes": _whole(step.votes),
                "cost": _whole(step.cost),
                "left": _whole(step.left),
                "price": _cents(step.price),
                "effective_votes": _cents(step.effective_votes),
                "paid_full": step.paid_full,
                "paid_rest": step.paid_rest,
            }
            for step in result.steps
        ],
    }


def _whole(amount: counting.Money | None) -> int:
    return int(amount or 0)


def _money(amount: counting.Money) -> int | str:
    """Whole euros as a number, others as text with cents."""
    return amount.numerator if amount.denominator == 1 else _cents(Fraction(amount)) or ""


def _cents(amount: Fraction | None) -> str | None:
    """Rounded down to cents, as text: what somebody pays at most is never said to be more."""
    if amount is None:
        return None
    hundredths = amount.numerator * 100 // amount.denominator
    return f"{hundredths // 100}.{hundredths % 100:02}"
