"""Residents' pages of proposals: a proposal, making one, the receipt, and following one's own."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.forms.proposals import ProposalForm
from budgeting_blocks.models import Proposal, Round
from budgeting_blocks.permissions import (
    can_comment_on_proposal,
    can_follow_proposal,
    can_submit_proposal,
    can_support_proposal,
)
from budgeting_blocks.permissions.words import closing_text
from budgeting_blocks.selectors.merging import successor_of
from budgeting_blocks.selectors.pages import page_of_round
from budgeting_blocks.selectors.proposals import followed_proposal, public_proposal
from budgeting_blocks.selectors.voices import voices_of
from budgeting_blocks.services.follow import hash_token
from budgeting_blocks.services.proposals import ProposalError, submit_proposal
from cms.common import ratelimit
from cms.common.formpost import BlockFormView
from cms.common.forms import PublicForm
from cms.common.http import client_ip
from cms.common.pagecache import valid_until
from cms.common.receipts import read_receipt, redirect_with_receipt

PROPOSALS_PER_ADDRESS = 20
HOUR = 60 * 60


def _around(round: Round, title: str) -> dict[str, Any]:
    """`round_page`, the page that shows the round's gallery (or None), and `breadcrumbs` that lead there."""
    page = page_of_round(round, get_language() or "fi")
    if page is None:
        return {"round_page": None, "breadcrumbs": []}
    parent = {"title": page.title, "url": page.url}
    return {"round_page": parent, "breadcrumbs": [parent, {"title": title, "url": ""}]}


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
            **_around(found.round, found.title),
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


class ProposeView(BlockFormView):
    """Takes a proposal for the round named in the address."""

    form_class = ProposalForm
    standalone_template = "budgeting_blocks/proposals/propose.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rounds = Round.objects.filter(live=True)
        if request.method == "POST":
            # A round taken off while somebody was writing: the form comes back with the reason, not "not found".
            rounds = Round.objects.filter(first_published_at__isnull=False)
        self.round = get_object_or_404(rounds, slug=kwargs["slug"])
        self.page_title = _("Tee ehdotus")

    def form_valid(self, form: PublicForm) -> HttpResponseBase:
        assert isinstance(form, ProposalForm)  # noqa: S101  (the form_class above)
        limited = ratelimit.check("propose-address", client_ip(self.request), PROPOSALS_PER_ADDRESS, HOUR)
        if not limited:
            raise ProposalError(limited.reason)
        sent = submit_proposal(
            round=self.round,
            text=form.text(),
            email=form.cleaned_data["email"],
            submission_key=self.submission_key,
            language=get_language() or "fi",
        )
        return redirect_with_receipt(
            self.request, reverse("budgeting:proposal_receipt"), {"token": sent.token, "mailed": sent.mailed}
        )

    def get_standalone_context(self) -> dict[str, Any]:
        now = timezone.now()
        decision = can_submit_proposal(None, self.round, now)
        schedule = self.round.schedule
        valid_until(self.request, schedule.next_change(now))
        window = schedule.window(Kind.PROPOSALS)
        return {
            **_around(self.round, str(self.page_title)),
            "round": self.round,
            "allowed": bool(decision),
            "reason": decision.reason,
            "until": closing_text(window.closes_at) if window else "",
        }


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """What the author sees after sending; without a fresh receipt it only says that there is none."""
    payload = read_receipt(request) or {}
    token = payload.get("token")
    follow_url = request.build_absolute_uri(reverse("budgeting:proposal_follow", args=[token])) if token else ""
    return _private(
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
        return _private(
            render(
                request,
                "budgeting_blocks/proposals/unknown_link.html",
                {"title": _("Linkki ei ole voimassa")},
                status=404,
            )
        )
    return _private(
        render(
            request,
            "budgeting_blocks/proposals/follow.html",
            {"followed": followed, "proposal": followed.proposal, "token": token, "title": _("Ehdotuksesi")},
        )
    )
