"""Residents' pages around a proposal: supporting, following and commenting, and the links that confirm them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from budgeting_blocks.forms.voices import CommentForm, ConfirmForm, FollowForm, ReportForm, SupportForm
from budgeting_blocks.models import Proposal, ProposalComment
from budgeting_blocks.permissions import can_comment_on_proposal, can_follow_proposal, can_support_proposal
from budgeting_blocks.selectors.proposals import public_proposal
from budgeting_blocks.services.comments import confirm_comment, report_comment, submit_comment
from budgeting_blocks.services.voices import (
    VoiceError,
    confirm_follow,
    confirm_support,
    end_follow,
    request_follow,
    request_support,
)
from cms.common import ratelimit
from cms.common.decision import Decision
from cms.common.formpost import BlockFormView
from cms.common.forms import PublicForm
from cms.common.http import client_ip, private, see_other
from cms.common.pagecache import valid_until

# A library's readers share an address.
VOICES_PER_ADDRESS = 60
HOUR = 60 * 60


class ProposalVoiceView(BlockFormView):
    """Base of the forms about the proposal of the address. A proposal that is not public is not found."""

    standalone_template = "budgeting_blocks/voices/form.html"
    proposal: Proposal

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = public_proposal(kwargs["pk"])
        if found is None:
            raise Http404
        self.proposal = found

    def decide(self) -> Decision:
        """Whether the form may be used now."""
        raise NotImplementedError

    def act(self, form: PublicForm) -> None:
        """Call the service with what a valid form says."""
        raise NotImplementedError

    def form_valid(self, form: PublicForm) -> HttpResponseBase:
        _limit_address(self.request)
        self.act(form)
        return see_other(reverse("budgeting:confirmation_sent", args=[self.proposal.pk]))

    def get_standalone_context(self) -> dict[str, Any]:
        valid_until(self.request, self.proposal.round.schedule.next_change(timezone.now()))
        decision = self.decide()
        return {
            "proposal": self.proposal,
            "allowed": bool(decision),
            "reason": decision.reason,
            "breadcrumbs": _trail(self.proposal, str(self.page_title)),
        }

    def common(self, form: PublicForm) -> dict[str, Any]:
        """What every service here takes."""
        return {
            "proposal": self.proposal,
            "email": form.cleaned_data["email"],
            "submission_key": self.submission_key,
            "language": get_language() or "fi",
        }


class SupportView(ProposalVoiceView):
    form_class = SupportForm
    page_title = gettext_lazy("Kannata ehdotusta")

    def decide(self) -> Decision:
        return can_support_proposal(self.proposal, timezone.now())

    def act(self, form: PublicForm) -> None:
        request_support(**self.common(form))


class FollowView(ProposalVoiceView):
    form_class = FollowForm
    page_title = gettext_lazy("Seuraa ehdotusta")

    def decide(self) -> Decision:
        return can_follow_proposal(self.proposal, timezone.now())

    def act(self, form: PublicForm) -> None:
        request_follow(**self.common(form))


class CommentView(ProposalVoiceView):
    form_class = CommentForm
    page_title = gettext_lazy("Kommentoi ehdotusta")

    def decide(self) -> Decision:
        return can_comment_on_proposal(self.proposal, timezone.now())

    def act(self, form: PublicForm) -> None:
        submit_comment(**self.common(form), name=form.cleaned_data["name"], text=form.cleaned_data["text"])


@require_safe
def confirmation_sent(request: HttpRequest, pk: int) -> HttpResponse:
    """The same words for everybody: whether the address is known here is nobody else's business."""
    proposal = public_proposal(pk)
    if proposal is None:
        raise Http404
    title = _("Tarkista sähköpostisi")
    context = {"title": title, "proposal": proposal, "breadcrumbs": _trail(proposal, title)}
    return render(request, "budgeting_blocks/voices/sent.html", context)


class ReportView(BlockFormView):
    """Reports the public comment of the address to the moderators."""

    form_class = ReportForm
    standalone_template = "budgeting_blocks/voices/report.html"
    page_title = gettext_lazy("Ilmoita kommentista")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        comments = ProposalComment.objects.filter(live=True, proposal__live=True, proposal__round__live=True)
        self.comment = get_object_or_404(comments.select_related("proposal__round"), pk=kwargs["pk"])

    def form_valid(self, form: PublicForm) -> HttpResponseBase:
        _limit_address(self.request)
        data = form.cleaned_data
        report_comment(comment=self.comment, kind=data["kind"], text=data["text"], submission_key=self.submission_key)
        return see_other(reverse("budgeting:report_received", args=[self.comment.proposal_id]))

    def get_standalone_context(self) -> dict[str, Any]:
        proposal = self.comment.proposal
        return {"comment": self.comment, "breadcrumbs": _trail(proposal, str(self.page_title))}


@require_safe
def report_received(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = public_proposal(pk)
    if proposal is None:
        raise Http404
    title = _("Kiitos ilmoituksesta")
    context = {"title": title, "proposal": proposal, "breadcrumbs": _trail(proposal, title)}
    return render(request, "budgeting_blocks/voices/reported.html", context)


class LinkView(BlockFormView):
    """A link from a mail. Opening it shows a button and changes nothing, so a mail scanner may; the button posts."""

    form_class = ConfirmForm
    standalone_template = "budgeting_blocks/voices/confirm.html"
    submit: str | Promise = ""
    lead: str | Promise = ""

    def act(self, token: str) -> dict[str, Any]:
        """Do what the link is for. Returns the context of the page that tells of it."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return private(super().dispatch(request, *args, **kwargs))

    def form_valid(self, form: PublicForm) -> HttpResponseBase:
        # No redirect: the act is the same however often it is sent, and its page has no other address to lie at.
        context = self.act(self.kwargs["token"])
        return render(self.request, "budgeting_blocks/voices/done.html", context)

    def get_standalone_context(self) -> dict[str, Any]:
        return {"submit": self.submit, "lead": self.lead}


class ConfirmSupportView(LinkView):
    page_title = gettext_lazy("Vahvista kannatuksesi")
    submit = gettext_lazy("Kannatan ehdotusta")
    lead = gettext_lazy("Paina painiketta, niin kannatuksesi lasketaan mukaan.")

    def act(self, token: str) -> dict[str, Any]:
        proposal, made = confirm_support(token=token)
        text = _("Kannatuksesi on laskettu mukaan.") if made else _("Olet jo kannattanut tätä ehdotusta.")
        return {"title": _("Kiitos kannatuksesta"), "text": text, "proposal": proposal}


class ConfirmFollowView(LinkView):
    page_title = gettext_lazy("Vahvista seuraaminen")
    submit = gettext_lazy("Seuraan ehdotusta")
    lead = gettext_lazy("Paina painiketta, niin saat viestin, kun ehdotus etenee.")

    def act(self, token: str) -> dict[str, Any]:
        proposal = confirm_follow(token=token)
        return {"title": _("Seuraat ehdotusta"), "text": _("Saat viestin, kun ehdotus etenee."), "proposal": proposal}


class ConfirmCommentView(LinkView):
    page_title = gettext_lazy("Vahvista kommenttisi")
    submit = gettext_lazy("Lähetä kommentti")
    lead = gettext_lazy("Paina painiketta, niin kommenttisi menee tarkistettavaksi.")

    def act(self, token: str) -> dict[str, Any]:
        comment = confirm_comment(token=token)
        text = _("Kommentti näkyy ehdotuksen sivulla, kun se on tarkistettu.")
        return {"title": _("Kiitos kommentista"), "text": text, "proposal": comment.proposal}


class UnfollowView(LinkView):
    page_title = gettext_lazy("Lopeta seuraaminen")
    submit = gettext_lazy("Lopeta seuraaminen")
    lead = gettext_lazy("Et saa enää viestejä tästä ehdotuksesta, ja sähköpostiosoitteesi poistetaan.")

    def act(self, token: str) -> dict[str, Any]:
        end_follow(token=token)
        return {"title": _("Et seuraa enää ehdotusta"), "text": _("Sähköpostiosoitteesi on poistettu.")}


@csrf_exempt
def unfollow_now(request: HttpRequest, token: str) -> HttpResponseBase:
    """The address in the mail's headers: a mail program posts to it at one press, with neither our form nor our site as
    its origin. The link is the proof. Opened by hand, it leads to the page with the button."""
    if request.method != "POST":
        return redirect("budgeting:unfollow", token)
    try:
        end_follow(token=token)
    except VoiceError:
        return HttpResponse(status=404)
    return HttpResponse(status=204)


def _limit_address(request: HttpRequest) -> None:
    limited = ratelimit.check("voice-address", client_ip(request), VOICES_PER_ADDRESS, HOUR)
    if not limited:
        raise VoiceError(limited.reason)


def _trail(proposal: Proposal, title: str) -> list[dict[str, str]]:
    return [{"title": proposal.title, "url": proposal.get_absolute_url()}, {"title": title, "url": ""}]
