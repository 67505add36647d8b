"""Voting in the admin: the overview and the codes. No count of votes is shown here."""

from __future__ import annotations

import base64
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages

from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.exports import codes_csv
from budgeting_blocks.forms.voting_admin import CodeBatchForm
from budgeting_blocks.models import Round, RoundResult
from budgeting_blocks.permissions.voting import (
    can_count_round,
    can_create_codes,
    can_publish_result,
    can_see_count,
    can_see_voting,
)
from budgeting_blocks.permissions.words import closing_text, moment_text
from budgeting_blocks.selectors.voting import voting_rounds
from budgeting_blocks.services.codes import create_code_batch
from budgeting_blocks.views.admin_pages import admin_page, require, staff, try_form


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
                "codes": can_create_codes(request.user, round, now),
                "count": can_count_round(request.user, round, now),
                "review": result is not None and can_see_count(request.user, result),
                "publish": result is not None and can_publish_result(request.user, result),
            }
        )
    return voting_page(request, "overview", _("Äänestykset"), rows=rows)


def create_codes(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a batch; the answer to the post is the only time that the codes are seen."""
    round = get_object_or_404(Round, pk=pk)
    require(can_see_voting(request.user))
    if not (decision := can_create_codes(request.user, round, timezone.now())):
        return refused(request, decision.reason)
    form = CodeBatchForm(request.POST or None)
    made = try_form(form, lambda data: create_code_batch(round=round, user=staff(request), now=timezone.now(), **data))
    if made is None:
        intro = _("Koodit näytetään vain kerran, heti kun ne on tehty. Varaudu tulostamaan tai tallentamaan ne.")
        return voting_page(
            request, "form", _("Tee äänestyskoodeja"), subtitle=round, form=form, intro=intro, submit=_("Tee koodit")
        )
    batch, codes = made
    text = codes_csv(codes, round_title=round.title, batch_label=batch.label)
    # A spreadsheet takes the file for UTF-8 by its first mark.
    data = base64.b64encode(("\ufeff" + text).encode()).decode()
    return voting_page(
        request,
        "codes",
        _("Äänestyskoodit"),
        subtitle=batch,
        codes=codes,
        batch=batch,
        csv=f"data:text/csv;base64,{data}",
    )


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
