"""The tag that renders a voting widget by what the round's dates and result call for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import template
from django.urls import reverse

from budgeting_blocks.domain.phases import Kind, Stage
from budgeting_blocks.examples import example_proposals
from budgeting_blocks.forms.voting import BallotForm
from budgeting_blocks.models import Proposal, Round, Theme
from budgeting_blocks.permissions.words import closing_text, moment_text
from budgeting_blocks.selectors.voting import BallotPaper, ballot_paper, published_result, result_lines
from cms.common.clock import shown_now
from cms.common.formpost import form_for_block
from cms.common.pagecache import valid_until

register = template.Library()


@register.inclusion_tag("budgeting_blocks/voting/widget.html", takes_context=True)
def voting_widget(context: template.Context, round: Round | None, heading: str = "", intro: str = "") -> dict[str, Any]:
    """One widget. `state` decides what it shows: unavailable, absent, coming, open, closed or result."""
    request = context.get("request")
    shown: dict[str, Any] = {
        "request": request,
        "page": context.get("page"),
        "block_id": context.get("block_id"),
        "heading": heading,
        "intro": intro,
        "round": round,
        "is_preview": getattr(request, "is_preview", False),
        "state": "unavailable",
    }
    if round is None or not round.live:
        return shown
    if round.pk is None:
        paper = BallotPaper(round, tuple(_with_ids(example_proposals(round))))
        return shown | {"state": "open", "form": BallotForm(paper=paper), "action": "#", "is_example": True}
    now = shown_now(request)
    if (result := published_result(round)) and result.published_at and result.published_at <= now:
        lines = list(result_lines(result))
        return shown | {"state": "result", "result": result, "lines": lines, "spent": _spent(lines)}
    schedule = round.schedule
    valid_until(request, schedule.next_change(now))
    window, stage = schedule.window(Kind.VOTING), schedule.stage(Kind.VOTING, now)
    if window is None:
        return shown | {"state": Stage.ABSENT.value}
    shown |= {"opens": moment_text(window.opens_at), "closes": closing_text(window.closes_at), "state": stage.value}
    if stage is Stage.OPEN:
        shown |= {"form": _form(context, round), "action": reverse("budgeting:vote_review", args=[round.slug])}
    return shown


@register.filter
def by_theme(items: Sequence[Proposal]) -> list[tuple[Theme, list[Proposal]]]:
    """The items of a ballot in groups, one for each theme."""
    return [(theme, list(group)) for theme, group in groupby(items, key=lambda item: item.theme)]


@register.simple_tag
def item_id(form: BallotForm, item: Proposal) -> str:
    """The element id of an item's tick box, unique on the page."""
    return f"{form['proposals'].auto_id}-{item.pk}"


def _form(context: template.Context, round: Round) -> BallotForm:
    paper = ballot_paper(round)
    form = form_for_block(context, BallotForm, paper=paper)
    # A post may name any block as its origin; another round's ballot is not shown here.
    if not isinstance(form, BallotForm) or form.paper.round.pk != round.pk:
        form = BallotForm(block_id=str(context.get("block_id") or ""), paper=paper)
    return form


def _with_ids(proposals: list[Proposal]) -> list[Proposal]:
    for number, proposal in enumerate(proposals, start=1):
        proposal.pk = number
        proposal.screening.cost = proposal.screening.cost or 1500 * number
    return proposals


def _spent(lines: list[Any]) -> int:
    return sum(line.cost for line in lines if line.funded)
