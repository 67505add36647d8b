"""Tags with which templates show rounds and proposals."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone

from budgeting_blocks.blocks.proposal_gallery import Proposing
from budgeting_blocks.choices import PhaseKind
from budgeting_blocks.domain.phases import Kind, Schedule, Stage
from budgeting_blocks.domain.rotation import next_hour
from budgeting_blocks.examples import example_proposals
from budgeting_blocks.forms.proposals import IdeaForm
from budgeting_blocks.models import Round
from budgeting_blocks.permissions import can_submit_proposal
from budgeting_blocks.permissions.words import closing_text, euros_text, moment_text
from budgeting_blocks.selectors.gallery import gallery
from cms.common.clock import shown_now
from cms.common.formpost import form_for_block, origin_for
from cms.common.pagecache import valid_until

register = template.Library()


@register.filter
def euros(amount: int | None) -> str:
    """A sum as it is read in Finland, kept on one line: ”50 000 €”."""
    return "" if amount is None else euros_text(amount)


@register.inclusion_tag("budgeting_blocks/gallery/gallery.html", takes_context=True)
def proposal_gallery(context: template.Context, value: Any) -> dict[str, Any]:
    """Everything of one gallery block: `value` is its StructValue."""
    request = context.get("request")
    round: Round | None = value.get("round")
    shown: dict[str, Any] = {
        "request": request,
        "page": context.get("page"),
        "block_id": context.get("block_id"),
        "heading": value.get("heading"),
        "round": round,
        # Editors are told why residents see nothing.
        "is_preview": getattr(request, "is_preview", False),
    }
    if round is None or not round.live:
        return shown
    now = shown_now(request)
    if round.pk is None:
        return shown | {"examples": example_proposals(round), "proposing": None}
    schedule = round.remember_schedule()
    valid_until(request, schedule.next_change(now))
    params = request.GET if request is not None else {}
    block_id = str(context.get("block_id") or "")
    found = gallery(round, params, block_id=block_id, page_size=int(value.get("page_size") or 12), now=now)
    if found.is_by_the_hour:
        valid_until(request, next_hour(now))
    proposing = _proposing(context, round, value.get("proposing"), now)
    if proposing and (form := proposing.get("form")):
        form.offer(found.filterset.themes)
    return shown | {"gallery": found, "proposing": proposing}


def _proposing(context: template.Context, round: Round, place: str, now: Any) -> dict[str, Any] | None:
    """The way to make a proposal: a form, a link, or the reason why there is neither now."""
    if place not in (Proposing.HERE, Proposing.LINK):
        return None
    decision = can_submit_proposal(None, round, now)
    url = reverse("budgeting:propose", args=[round.slug])
    similar_url = reverse("budgeting:similar_proposals", args=[round.slug])
    shown: dict[str, Any] = {
        "url": url,
        "similar_url": similar_url,
        "origin": origin_for(context),
        "allowed": bool(decision),
        "reason": decision.reason,
    }
    # The form of a phase that closed while somebody was writing stays, with all that was written.
    request = context.get("request")
    was_posted = str(context.get("block_id") or "") in getattr(request, "bound_forms", {})
    if place == Proposing.HERE and (decision or was_posted):
        shown["form"] = form_for_block(context, IdeaForm)
    if decision:
        window = round.schedule.window(Kind.PROPOSALS)
        shown["until"] = closing_text(window.closes_at) if window else ""
    return shown


@register.inclusion_tag("cms/components/steps.html")
def round_steps(round: Round, now: datetime | None = None) -> dict[str, Any]:
    """The round's phases as steps in time."""
    now = now or timezone.now()
    states = {Stage.CLOSED: "done", Stage.OPEN: "current", Stage.COMING: "upcoming"}
    schedule: Schedule = round.schedule
    return {
        "steps": [
            {
                "title": PhaseKind(window.kind.value).label,
                "date": f"{moment_text(window.opens_at)} – {closing_text(window.closes_at)}",
                "state": states[window.stage(now)],
            }
            for window in schedule.windows
        ]
    }
