"""The tag that renders a voting widget by what the round's dates and result call for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import template
from django.http import QueryDict
from django.urls import reverse

from budgeting_blocks.domain.fairness import next_order, order_at, turn_ends
from budgeting_blocks.domain.freezing import WHOLE_ROUND, Frozen, Item, PotShare, Rules
from budgeting_blocks.domain.phases import Kind, Stage
from budgeting_blocks.examples import example_proposals
from budgeting_blocks.forms.voting import BallotForm
from budgeting_blocks.models import Round, RoundSeal
from budgeting_blocks.permissions.words import closing_text, moment_text
from budgeting_blocks.selectors.results import shown_result
from budgeting_blocks.selectors.shortlist import PICKED, parse_ids
from budgeting_blocks.selectors.voting import BallotPaper, PaperItem, ballot_paper
from cms.common.clock import shown_now
from cms.common.formpost import form_for_block
from cms.common.pagecache import valid_until

register = template.Library()


@register.inclusion_tag("budgeting_blocks/voting/widget.html", takes_context=True)
def voting_widget(
    context: template.Context, round: Round | None, heading: str = "", intro: str = "", brief: bool = False
) -> dict[str, Any]:
    """One widget. `state` decides what it shows: unavailable, absent, coming, unopened, open, closed or result.

    `brief`: the winners are shown beside it as projects, so that the result only needs its figures."""
    request = context.get("request")
    shown: dict[str, Any] = {
        "request": request,
        "page": context.get("page"),
        "block_id": context.get("block_id"),
        "heading": heading,
        "intro": intro,
        "brief": brief,
        "round": round,
        "is_preview": getattr(request, "is_preview", False),
        "state": "unavailable",
    }
    if round is None or not round.live:
        return shown
    if round.pk is None:
        form = BallotForm(paper=_example_paper(round))
        return shown | {"state": "open", "form": form, "action": "#", "is_example": True}
    now = shown_now(request)
    if (result := shown_result(round)) and result.is_out(now):
        return shown | {"state": "result", "shown": result, "seal": RoundSeal.objects.filter(round=round).first()}
    schedule = round.schedule
    valid_until(request, schedule.next_change(now))
    window, stage = schedule.window(Kind.VOTING), schedule.stage(Kind.VOTING, now)
    if window is None:
        return shown | {"state": Stage.ABSENT.value}
    shown |= {"opens": moment_text(window.opens_at), "closes": closing_text(window.closes_at), "state": stage.value}
    if stage is Stage.OPEN:
        form = _form(context, round)
        # An editor looks at the ballot before anything is frozen.
        if not form.paper.frozen.number and not shown["is_preview"]:
            return shown | {"state": "unopened"}
        shown |= {"form": form, "action": reverse("budgeting:vote_review", args=[round.slug])}
        shown["another_order"] = next_order(form.paper.order)
    if stage is Stage.CLOSED:
        if not round.is_frozen() and not shown["is_preview"]:
            return shown | {"state": "unopened"}
        shown["seal"] = RoundSeal.objects.filter(round=round).first()
    return shown


@register.simple_tag
def points_of(form: BallotForm, item: PaperItem) -> int | str:
    """What the item was given, for its field; empty when nothing."""
    points = form.given.get(item.pk, 0)
    return points if points > 0 else ""


def _form(context: template.Context, round: Round) -> BallotForm:
    request = context.get("request")
    now = shown_now(request)
    params = request.GET if request is not None else QueryDict()
    block_id = str(context.get("block_id") or "")
    paper = ballot_paper(round, order=_number(params.get("order"), order_at(now)))
    pots = {share.key for share in paper.pots}
    if paper.asks_for_pot and (pot := _number(params.get("osuus"), -1)) in pots:
        paper = replace(paper, pot=pot)
    if "order" not in params:
        valid_until(request, turn_ends(now))
    form = form_for_block(context, BallotForm, paper=paper)
    # A post may name any block as its origin; another round's ballot is not shown here.
    if not isinstance(form, BallotForm) or form.paper.round.pk != round.pk or not form.is_bound:
        picked = parse_ids(params.getlist(PICKED))
        form = BallotForm(block_id=block_id, paper=paper, picked=picked)
    return form


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else otherwise


def _example_paper(round: Round) -> BallotPaper:
    proposals = example_proposals(round)
    costs = [proposal.screening.cost or 1500 * number for number, proposal in enumerate(proposals, start=1)]
    items = {
        number: Item(cost, WHOLE_ROUND, proposal.title)
        for number, (proposal, cost) in enumerate(zip(proposals, costs, strict=True), start=1)
    }
    frozen = Frozen(Rules(), (PotShare(WHOLE_ROUND, round.title, round.budget),), items, means={})
    paper = BallotPaper(round, frozen)
    paper.__dict__["items"] = tuple(
        PaperItem(pk, item.title, item.cost, item.pot, proposal.theme.name, proposal.summary)
        for (pk, item), proposal in zip(items.items(), proposals, strict=True)
    )
    return paper
