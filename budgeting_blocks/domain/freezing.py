"""What a vote stands on, as it is frozen: rules, money, the ballot's items. Plain Python.

A frozen document is JSON; its fingerprint is SHA-256 over the one canonical text of it, so that anybody can work it out again
with `sha256(json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False))`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from budgeting_blocks.domain.rules import (
    USUAL_STRENGTH,
    Add1Stop,
    BallotKind,
    BallotScope,
    Completion,
    CountRule,
    Leftover,
    MeansKind,
    Strength,
    TieRule,
    Utility,
)

WHOLE_ROUND = 0


@dataclass(frozen=True, slots=True)
class Rules:
    """The rule sheet. Money in euros; a limit that is None does not hold."""

    ballot_kind: BallotKind = BallotKind.KNAPSACK
    ballot_scope: BallotScope = BallotScope.ACROSS
    min_choices: int = 1
    max_choices: int | None = None
    max_points: int | None = None
    max_points_per_item: int | None = None
    min_age: int | None = None
    residents_only: bool = False
    count_rule: CountRule = CountRule.GREEDY
    utility: Utility = Utility.COST
    completion: Completion = Completion.ADD1_GREEDY
    add1_stop: Add1Stop = Add1Stop.OVERSPEND
    increment: int = 1
    threshold: int = 0
    tie_rule: TieRule = TieRule.CHEAPER
    lot_commitment: str = ""
    leftover: Leftover = Leftover.RETURNS
    counts_upkeep: bool = False
    upkeep_years: int = 0

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Rules:
        """From the values of these names; others are left alone. Raises ValueError for a word that no rule has."""
        words: dict[str, Any] = {
            "ballot_kind": BallotKind,
            "ballot_scope": BallotScope,
            "count_rule": CountRule,
            "utility": Utility,
            "completion": Completion,
            "add1_stop": Add1Stop,
            "tie_rule": TieRule,
            "leftover": Leftover,
        }
        given: dict[str, Any] = {f.name: values[f.name] for f in fields(cls) if f.name in values}
        for name in given.keys() & words.keys():
            given[name] = words[name](given[name])
        return cls(**given)


@dataclass(frozen=True, slots=True)
class PotShare:
    """One pot. `key`: its id, or `WHOLE_ROUND` when the round has no pots. `budget` in euros."""

    key: int
    name: str
    budget: int


@dataclass(frozen=True, slots=True)
class Item:
    """One item on the ballot. `cost` in euros is what it takes from the money, upkeep included where that counts."""

    cost: int
    pot: int
    title: str


@dataclass(frozen=True, slots=True)
class Frozen:
    """All that a vote stands on. `number` 0: not frozen yet, and it may change. `items` by the proposal's id."""

    rules: Rules
    pots: tuple[PotShare, ...]
    items: Mapping[int, Item]
    means: Mapping[MeansKind, Strength]
    number: int = 0
    decision: Mapping[str, str] = field(default_factory=dict)

    @property
    def budget(self) -> int:
        """All the money in euros."""
        return sum(pot.budget for pot in self.pots)

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.document())

    def document(self) -> dict[str, Any]:
        """As JSON, the same for the same content. The number of the version is no part of it."""
        return {
            "rules": asdict(self.rules),
            "pots": [asdict(pot) for pot in self.pots],
            "items": {str(pk): asdict(item) for pk, item in sorted(self.items.items())},
            "means": {str(kind): str(strength) for kind, strength in sorted(self.means.items())},
            "decision": dict(self.decision),
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any], number: int) -> Frozen:
        return cls(
            rules=Rules.of(document["rules"]),
            pots=tuple(PotShare(**pot) for pot in document["pots"]),
            items={int(pk): Item(**item) for pk, item in document["items"].items()},
            means={MeansKind(kind): Strength(strength) for kind, strength in document["means"].items()},
            number=number,
            decision=document["decision"],
        )


@dataclass(frozen=True, slots=True)
class Correction:
    """What a published correction changes: items taken off, prices by item, money by pot, rules by name."""

    withdrawn: frozenset[int] = frozenset()
    costs: Mapping[int, int] = field(default_factory=dict)
    money: Mapping[int, int] = field(default_factory=dict)
    rules: Mapping[str, Any] = field(default_factory=dict)


def corrected(frozen: Frozen, correction: Correction) -> Frozen:
    """The next version. Raises KeyError for an item or a pot that is not there, ValueError for a word that no rule has."""
    for pk in (*correction.withdrawn, *correction.costs):
        frozen.items[pk]
    if unknown := correction.money.keys() - {pot.key for pot in frozen.pots}:
        raise KeyError(unknown)
    items = {
        pk: replace(item, cost=correction.costs.get(pk, item.cost))
        for pk, item in frozen.items.items()
        if pk not in correction.withdrawn
    }
    pots = tuple(replace(pot, budget=correction.money.get(pot.key, pot.budget)) for pot in frozen.pots)
    rules = Rules.of({**asdict(frozen.rules), **correction.rules})
    return replace(frozen, rules=rules, pots=pots, items=items, number=frozen.number + 1)


def canonical_text(document: Mapping[str, Any]) -> str:
    """The one text of a document that its fingerprint is worked out from."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def fingerprint(document: Mapping[str, Any]) -> str:
    """64 hexadecimal signs."""
    return hashlib.sha256(canonical_text(document).encode()).hexdigest()


def means_or_codes(means: Mapping[MeansKind, Strength]) -> dict[MeansKind, Strength]:
    """The means of a round; one that names none votes by codes."""
    return dict(means) or {MeansKind.CODE: USUAL_STRENGTH[MeansKind.CODE]}
