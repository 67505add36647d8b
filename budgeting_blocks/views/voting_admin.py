"""Voting in the admin: the overview and the codes. No count of votes is shown here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages

from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.models import RoundResult
from budgeting_blocks.permissions.voting import (
    can_count_round,
    can_publish_result,
    can_seal_box,
    can_see_count,
    can_see_patterns,
    can_see_voting,
)
from budgeting_blocks.permissions.words import closing_text, moment_text
from budgeting_blocks.selectors.voting import voting_rounds
from budgeting_blocks.views.admin_pages import admin_page, require


def overview(request: HttpRequest) -> HttpResponse:
    """Every round with a vote, what can be done about it now, and why not."""
    require(can_see_voting(request.user))
    now = timezone.now()
    rows = []
    for round in voting_rounds():
        window = round.schedule.window(Kind.VOTING)
        result: RoundResult | None = getattr(round, "result", None)
        rows.append(
            {
                "round": round,
                "opens": moment_text(window.opens_at) if window else "",
                "closes": closing_text(window.closes_at) if window else "",
                "result": result,
                "seal": can_seal_box(request.user, round, now, by_override=True),
                "patterns": can_see_patterns(request.user, round, now),
                "count": can_count_round(request.user, round, now),
                "review": result is not None and can_see_count(request.user, result),
                "publish": result is not None and can_publish_result(request.user, result),
            }
        )
    return voting_page(request, "overview", _("Äänestykset"), rows=rows)


def refused(request: HttpRequest, reason: str) -> HttpResponse:
    """Back to the overview, with the reason."""
    messages.error(request, reason)
    return redirect("budgeting_voting:overview")


def voting_page(request: HttpRequest, template: str, title: str, subtitle: object = "", **context: Any) -> HttpResponse:
    """A page of voting, with the way back to the overview."""
    return admin_page(
        request,
        f"budgeting_blocks/voting/admin/{template}.html",
        title,
        back_url=reverse("budgeting_voting:overview"),
        subtitle=subtitle,
        **context,
    )
