"""The count before it is confirmed, for those few who may see it (`can_see_count`). Nothing here is cached or mailed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from budgeting_blocks.choices import CountRule, Utility
from budgeting_blocks.domain.comparing import Alternative, Variant, compare_rules, sensitivity
from budgeting_blocks.domain.countlog import RoundCount
from budgeting_blocks.models import RoundResult
from budgeting_blocks.selectors.counted import read_box
from budgeting_blocks.selectors.rules import rules_in_force
from budgeting_blocks.selectors.why import rule_sentences, step_sentences, why_text


@dataclass(frozen=True, slots=True)
class ViewedItem:
    """A row: the item's votes, its fate by the rule in force in words, and whether each way of counting funds it."""

    title: str
    pot: str
    votes: int
    cost: int
    funded: tuple[bool, ...]
    why: str


@dataclass(frozen=True, slots=True)
class ViewedVariant:
    """A line of the sensitivity report."""

    label: str
    ballots: int
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountView:
    """`differs`: what is stored is not what the box gives now; it must not be confirmed."""

    alternatives: tuple[Alternative, ...]
    names: tuple[str, ...]
    items: tuple[ViewedItem, ...]
    variants: tuple[ViewedVariant, ...]
    rule: tuple[str, ...]
    steps: tuple[tuple[str, tuple[str, ...]], ...]
    ties: tuple[tuple[str, ...], ...]
    differs: bool


def count_view(result: RoundResult) -> CountView:
    """Count the box again by every rule, and with parts left out. A few seconds for 100 000 ballots."""
    round = result.round
    frozen = rules_in_force(round)
    box = read_box(round, frozen).ballots
    alternatives = compare_rules(frozen, box, seed=result.lot_seed)
    titles = {pk: item.title for pk, item in frozen.items.items()}
    count = alternatives[0].count
    log = count.log()
    variants = sensitivity(frozen, box, winners=count.winners, seed=result.lot_seed)
    return CountView(
        alternatives=tuple(alternatives),
        names=tuple(rule_name(alternative) for alternative in alternatives),
        items=tuple(_items(count, alternatives, titles, log)),
        variants=tuple(_variant(variant, titles) for variant in variants),
        rule=tuple(rule_sentences(log)),
        steps=tuple((pot["name"], tuple(step_sentences(pot, titles))) for pot in log["pots"]),
        ties=tuple(tuple(titles[item] for item in tie) for tie in count.ties),
        differs=set(count.winners) != set(result.lines.filter(funded=True).values_list("proposal_id", flat=True)),
    )


def rule_name(alternative: Alternative) -> str:
    """A way of counting in a few words."""
    rules = alternative.rules
    name = str(CountRule(rules.count_rule).label)
    if rules.count_rule == CountRule.EQUAL_SHARES:
        name = f"{name}: {Utility(rules.utility).label}"
    return name


def _items(
    count: RoundCount, alternatives: list[Alternative], titles: dict[int, str], log: dict[str, Any]
) -> list[ViewedItem]:
    won = [set(alternative.count.winners) for alternative in alternatives]
    return [
        ViewedItem(
            title=titles[item.item],
            pot=pot.share.name,
            votes=item.votes,
            cost=item.cost,
            funded=tuple(item.item in winners for winners in won),
            why=why_text(item.reason, item.why, item.votes, item.cost, titles, log),
        )
        for pot in count.pots
        for item in pot.items
    ]


def _variant(variant: Variant, titles: dict[int, str]) -> ViewedVariant:
    labels = {
        "paper": _("Ilman paperilippuja"),
        "weak": _("Ilman heikkoja tunnistustapoja"),
        "not-strong": _("Vain vahvat tunnistustavat"),
        "pot": _("Ilman osuutta %(name)s") % {"name": variant.detail},
    }
    return ViewedVariant(
        labels[variant.key],
        variant.ballots,
        tuple(titles[item] for item in variant.gained),
        tuple(titles[item] for item in variant.lost),
    )
