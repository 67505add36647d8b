"""Tags that show a round by its date, and its rules in plain words."""

from __future__ import annotations

from typing import Any

from django import template

from budgeting_blocks.blocks.proposal_gallery import Proposing
from budgeting_blocks.domain.course import Course, courses
from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.models import Round
from budgeting_blocks.permissions.words import moment_text
from budgeting_blocks.selectors.delivery import public_deliveries
from budgeting_blocks.selectors.rule_words import rule_lines
from budgeting_blocks.selectors.rules import example_rules, rule_versions, rules_in_force
from budgeting_blocks.selectors.voting import published_result
from cms.common.clock import shown_now
from cms.common.pagecache import valid_until

register = template.Library()


@register.inclusion_tag("budgeting_blocks/rounds/now.html", takes_context=True)
def round_now(context: template.Context, value: Any) -> dict[str, Any]:
    """One round block: `value` is its StructValue. `courses` tells what is going on, the most urgent first."""
    request = context.get("request")
    round: Round | None = value.get("round")
    now = shown_now(request)
    shown: dict[str, Any] = {
        "request": request,
        "page": context.get("page"),
        "block_id": context.get("block_id"),
        "heading": value.get("heading"),
        "round": round,
        "is_preview": getattr(request, "is_preview", False),
        "moment": now,
        "courses": (),
        # A budgeting page shows its own round's phases above all blocks.
        "has_steps": round is None or getattr(context.get("page"), "round_id", None) != round.pk,
    }
    if round is None or not round.live:
        return shown
    if round.pk is None:
        return shown | {"courses": (Course.COMING,)}
    schedule = round.remember_schedule()
    valid_until(request, schedule.next_change(now))
    result = published_result(round)
    delivered = result is not None and public_deliveries(round).exists()
    going_on = courses(schedule, now, result_at=result.published_at if result else None, delivered=delivered)
    window = schedule.window(Kind.PROPOSALS)
    return shown | {
        "courses": going_on,
        "proposing_opens": moment_text(window.opens_at) if window and now < window.opens_at else "",
        "deliveries": {"round": round, "heading": ""},
        "gallery": {"round": round, "page_size": "12", "proposing": Proposing.LINK, "heading": ""},
        "rules": rule_lines(rules_in_force(round)) if value.get("show_rules") else [],
    }


@register.inclusion_tag("budgeting_blocks/rounds/rules.html")
def rule_sheet(round: Round) -> dict[str, Any]:
    """The rules in force in plain words, the frozen ballot's items, and the published versions."""
    frozen = rules_in_force(round)
    items = sorted(frozen.items.values(), key=lambda item: item.title) if frozen.number else []
    return {"round": round, "lines": rule_lines(frozen), "items": items, "versions": rule_versions(round)}


@register.inclusion_tag("budgeting_blocks/rounds/rule_block.html", takes_context=True)
def round_rules(context: template.Context, value: Any) -> dict[str, Any]:
    """The rules of the block's round in plain words: `value` is its StructValue."""
    round: Round | None = value.get("round")
    lines = []
    if round is not None and round.live:
        lines = rule_lines(rules_in_force(round) if round.pk else example_rules(round))
    return {
        "heading": value.get("heading"),
        "block_id": context.get("block_id"),
        "is_preview": getattr(context.get("request"), "is_preview", False),
        "round": round,
        "lines": lines,
    }
