"""The count before it is confirmed, for those few who may see it (`can_see_count`). Nothing here is cached or mailed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from budgeting_blocks.choices import CountRule, Utility
from budgeting_blocks.domain.comparing import Alternative, Comparison, Variant
from budgeting_blocks.models import RoundResult
from budgeting_blocks.selectors.rules import rules_in_force
from budgeting_blocks.selectors.why import rule_sentences, step_sentences, void_rows, why_text


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
    """`differs`: what is stored is not what the box gave when it was counted again; it must not be confirmed."""

    alternatives: tuple[Alternative, ...]
    names: tuple[str, ...]
    items: tuple[ViewedItem, ...]
    variants: tuple[ViewedVariant, ...]
    rule: tuple[str, ...]
    steps: tuple[tuple[str, tuple[str, ...]], ...]
    ties: tuple[tuple[str, ...], ...]
    voided: tuple[tuple[str, int], ...]
    differs: bool


def count_view(result: RoundResult, comparison: Comparison) -> CountView:
    """The stored count in words, beside the comparison that was made of the same box."""
    titles = {pk: item.title for pk, item in rules_in_force(result.round).items.items()}
    return CountView(
        alternatives=comparison.alternatives,
        names=tuple(rule_name(alternative) for alternative in comparison.alternatives),
        items=tuple(_items(result.log, comparison.alternatives, titles)),
        variants=tuple(_variant(variant, titles) for variant in comparison.variants),
        rule=tuple(rule_sentences(result.log)),
        steps=tuple((pot["name"], tuple(step_sentences(pot, titles))) for pot in result.log["pots"]),
        ties=tuple(tuple(titles[item] for item in tie) for tie in result.ties),
        voided=tuple(void_rows(result)),
        differs=set(comparison.alternatives[0].winners)
        != set(result.lines.filter(funded=True).values_list("proposal_id", flat=True)),
    )


def rule_name(alternative: Alternative) -> str:
    """A way of counting in a few words."""
    name = str(CountRule(alternative.count_rule).label)
    if alternative.count_rule == CountRule.EQUAL_SHARES:
        name = f"{name}: {Utility(alternative.utility).label}"
    return name


def _items(log: dict[str, Any], alternatives: Sequence[Alternative], titles: dict[int, str]) -> list[ViewedItem]:
    won = [set(alternative.winners) for alternative in alternatives]
    return [
        ViewedItem(
            title=titles[item["item"]],
            pot=pot["name"],
            votes=item["votes"],
            cost=item["cost"],
            funded=tuple(item["item"] in winners for winners in won),
            why=why_text(item["reason"], item["why"], item["votes"], item["cost"], titles, log["rules"]),
        )
        for pot in log["pots"]
        for item in pot["items"]
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
