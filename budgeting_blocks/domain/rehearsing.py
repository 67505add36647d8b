"""Made-up votes for a rehearsal. Plain Python; chance comes from the generator that is passed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random

from budgeting_blocks.domain.freezing import WHOLE_ROUND, Frozen, PotShare
from budgeting_blocks.domain.rules import BallotKind, BallotScope


def is_rehearsed(draft: Frozen, rehearsed: Frozen) -> bool:
    """Whether a rehearsal had these rules, means, pots and items, whatever keys its copies have and what it added."""
    return (
        (draft.rules, draft.means) == (rehearsed.rules, rehearsed.means)
        and _pots(draft) == _pots(rehearsed)
        and not _items(draft) - _items(rehearsed)
    )


def _pots(frozen: Frozen) -> list[tuple[str, int]]:
    return sorted((_name(pot), pot.budget) for pot in frozen.pots)


def _items(frozen: Frozen) -> Counter[tuple[str, int, str]]:
    pots = {pot.key: _name(pot) for pot in frozen.pots}
    return Counter((item.title, item.cost, pots.get(item.pot, "")) for item in frozen.items.values())


def _name(pot: PotShare) -> str:
    # The one pot of a round without pots bears the round's title, which the rehearsal has not.
    return "" if pot.key == WHOLE_ROUND else pot.name


def made_up_choices(frozen: Frozen, chance: Random) -> dict[int, int]:
    """Points by item of one ballot that keeps to the rules; some items are more popular than others."""
    rules = frozen.rules
    order = sorted(frozen.items, key=lambda pk: chance.random() ** (1 + pk % 3))
    if rules.ballot_scope is BallotScope.ONE and order:
        pot = frozen.items[order[0]].pot
        order = [pk for pk in order if frozen.items[pk].pot == pot]
    if rules.ballot_kind is BallotKind.KNAPSACK:
        chosen = _within_money(frozen, order, rules.max_choices)
        return dict.fromkeys(chosen, 1)
    most = min(rules.max_choices or len(order), len(order))
    count = chance.randint(min(rules.min_choices, most), most)
    if rules.ballot_kind is BallotKind.APPROVAL:
        return dict.fromkeys(order[:count], 1)
    return _points(order[:count], rules.max_points or count, rules.max_points_per_item)


def _within_money(frozen: Frozen, order: Sequence[int], most: int | None) -> list[int]:
    left = {pot.key: pot.budget for pot in frozen.pots}
    chosen: list[int] = []
    for pk in order:
        item = frozen.items[pk]
        if item.cost <= left[item.pot] and (most is None or len(chosen) < most):
            left[item.pot] -= item.cost
            chosen.append(pk)
    return chosen


def _points(chosen: Sequence[int], in_all: int, per_item: int | None) -> dict[int, int]:
    shared: dict[int, int] = {}
    left = in_all
    for place, pk in enumerate(chosen):
        fair = max(1, left // (len(chosen) - place))
        shared[pk] = min(fair, per_item or fair, left)
        left -= shared[pk]
    return {pk: points for pk, points in shared.items() if points}
