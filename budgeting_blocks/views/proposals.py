"""Residents' pages of proposals: a proposal, the receipt of one's own, and following it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from budgeting_blocks.models import Proposal
from budgeting_blocks.permissions import (
    can_comment_on_proposal,
    can_edit_own_proposal,
    can_follow_proposal,
    can_support_proposal,
)
from budgeting_blocks.selectors.drafts import public_photo
from budgeting_blocks.selectors.merging import successor_of
from budgeting_blocks.selectors.proposals import followed_proposal, public_proposal, returned_at
from budgeting_blocks.selectors.voices import voices_of
from budgeting_blocks.services.follow import hash_token
from budgeting_blocks.views.shared import around, photo_file, private, unknown_link
from cms.common.pagecache import valid_until
from cms.common.receipts import read_receipt


@require_safe
def proposal(request: HttpRequest, pk: int, slug: str = "") -> HttpResponseBase:
    """A published proposal of a published round. Anything else is not found."""
    found = public_proposal(pk)
    if found is None:
        if (successor := successor_of(pk)) is None:
            raise Http404
        # Asked again every time: a merge can be undone.
        response = redirect(successor.get_absolute_url(), permanent=True)
        response["Cache-Control"] = "no-cache"
        return response
    if slug != found.slug:
        return redirect(found.get_absolute_url(), permanent=bool(slug))
    return render(
        request,
        "budgeting_blocks/proposals/proposal.html",
        {
            "proposal": found,
            "title": found.title,
            "canonical_url": request.build_absolute_uri(request.path),
            **_voices(request, found),
            **around(found.round, found.title),
        },
    )


def _voices(request: HttpRequest, proposal: Proposal) -> dict[str, Any]:
    """The supports and comments, and what one may add to them now."""
    now = timezone.now()
    valid_until(request, proposal.round.remember_schedule().next_change(now))
    return {
        "voices": voices_of(proposal, request.GET.get("kommentit")),
        "may_support": can_support_proposal(proposal, now),
        "may_comment": can_comment_on_proposal(proposal, now),
        "may_follow": can_follow_proposal(proposal, now),
    }


@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """What the author sees after sending; without a fresh receipt it only says that there is none."""
    payload = read_receipt(request) or {}
    token = payload.get("token")
    follow_url = request.build_absolute_uri(reverse("budgeting:proposal_follow", args=[token])) if token else ""
    return private(
        render(
            request,
            "budgeting_blocks/proposals/receipt.html",
            {"follow_url": follow_url, "mailed": payload.get("mailed"), "title": _("Ehdotus lähetetty")},
        )
    )


@require_safe
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """The author's own page. Opening it changes nothing, so a mail scanner may."""
    followed = followed_proposal(hash_token(token))
    if followed is None:
        return unknown_link(request)
    proposal = followed.proposal
    now = timezone.now()
    return private(
        render(
            request,
            "budgeting_blocks/proposals/follow.html",
            {
                "followed": followed,
                "proposal": proposal,
                "token": token,
                "may_edit": can_edit_own_proposal(proposal, returned_at(proposal), now),
                "changed": "muutettu" in request.GET,
                "title": _("Ehdotuksesi"),
            },
        )
    )


@require_safe
def public_photo_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The photo of a public proposal. A browser asks again each time: what is hidden is gone at once."""
    response = photo_file(public_photo(pk))
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def followed_photo(request: HttpRequest, token: str) -> HttpResponseBase:
    """The photo of one's own proposal, as it was sent last."""
    followed = followed_proposal(hash_token(token))
    return private(photo_file(followed.draft.photo if followed else None))
