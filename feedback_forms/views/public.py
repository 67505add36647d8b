"""The residents' pages: give feedback, its receipt, follow it, and read what is published."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views import View

from cms.common import ratelimit
from cms.common.decision import Decision
from cms.common.errors import ServiceError
from cms.common.formpost import BlockFormView
from cms.common.forms import PublicForm
from cms.common.http import client_ip, private
from cms.common.photos import MAX_BYTES
from cms.common.receipts import read_receipt, redirect_with_receipt
from feedback_forms.forms.public import FeedbackForm, FollowForm
from feedback_forms.models import PublicFeedback
from feedback_forms.selectors import case_by_follow_hash, hash_of_code, timeline_of
from feedback_forms.services import release_held_photo, submit_feedback

# Attempts cost work (a photo is decoded); sendings fill the inbox. A library's readers share one address.
ATTEMPTS, ATTEMPT_SECONDS = 60, 10 * 60
SENDINGS, SENDING_SECONDS = 30, 60 * 60
CODES, CODES_IN_ALL, CODE_SECONDS = 20, 2000, 10 * 60


def _crumbs(title: str) -> list[dict[str, str]]:
    return [{"title": _("Etusivu"), "url": reverse("wagtail_serve", args=[""])}, {"title": title, "url": ""}]


def _private(response: HttpResponse) -> HttpResponse:
    """The address or the cookie behind it opens somebody's feedback."""
    return private(response, referrer="no-referrer")


class GiveFeedbackView(BlockFormView):
    """Takes the feedback form's post; a GET shows the form on a page of its own."""

    form_class = FeedbackForm
    standalone_template = "feedback_forms/give.html"
    page_title = gettext_lazy("Anna palautetta")
    attempt = Decision.yes()
    max_upload_bytes = MAX_BYTES + 1

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"photos_allowed": bool(self.attempt)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Before the form is read: past this limit no photo is decoded any more.
        self.attempt = ratelimit.check("feedback-attempt", client_ip(request), ATTEMPTS, ATTEMPT_SECONDS)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: PublicForm) -> HttpResponseBase:
        sending = self.attempt and ratelimit.check(
            "feedback-sending", client_ip(self.request), SENDINGS, SENDING_SECONDS
        )
        if not sending:
            raise ServiceError(sending.reason)
        data: dict[str, Any] = form.cleaned_data  # type: ignore[attr-defined]
        receipt = submit_feedback(
            kind=data["kind"],
            topic=data["topic"],
            text=data["text"],
            form_key=self.submission_key,
            place=data["place"],
            email=data["email"],
            wants_answer=data["wants_answer"],
            consent_to_publish=data["consent_to_publish"],
            photo=data.get("photo"),
            language=get_language() or "fi",
        )
        release_held_photo(form.data.get("held_photo", ""))
        payload = {
            "reference": receipt.reference,
            "code": receipt.code,
            "due_at": receipt.due_at.isoformat(),
            "mailed": receipt.mailed,
            "asked_mail": data["wants_answer"],
            "back": self.page.url if self.page else "",
        }
        return _private(redirect_with_receipt(self.request, reverse("feedback:receipt"), payload))

    def form_invalid(self, form: PublicForm) -> HttpResponseBase:
        if ratelimit.check("feedback-held", client_ip(self.request), 20, ATTEMPT_SECONDS):
            form.keep_photo()  # type: ignore[attr-defined]
        return super().form_invalid(form)

    def get_standalone_context(self) -> dict[str, Any]:
        return {"breadcrumbs": _crumbs(str(self.page_title))}


class ReceiptView(View):
    """What happens next, and the code: shown for a quarter of an hour to the one who sent, and to nobody else."""

    def get(self, request: HttpRequest) -> HttpResponse:
        receipt = read_receipt(request)
        if receipt is None:
            return _private(HttpResponseRedirect(reverse("feedback:follow")))
        title = _("Palautteesi on perillä")
        context = {
            **receipt,
            "due_at": parse_datetime(receipt["due_at"]),
            "title": title,
            "breadcrumbs": _crumbs(title),
        }
        return _private(render(request, "feedback_forms/receipt.html", context))


class FollowView(BlockFormView):
    """Asks for the follow-up code. Every wrong code, well-formed or not, gets the same answer."""

    form_class = FollowForm
    standalone_template = "feedback_forms/follow.html"
    page_title = gettext_lazy("Seuraa palautetta")

    def form_valid(self, form: PublicForm) -> HttpResponseBase:
        limits = ((client_ip(self.request), CODES), ("all", CODES_IN_ALL))
        for ident, limit in limits:
            if not (decision := ratelimit.peek("feedback-code", ident, limit, CODE_SECONDS)):
                raise ServiceError(decision.reason, "code")
        follow_hash = hash_of_code(form.cleaned_data["code"])  # type: ignore[attr-defined]
        if case_by_follow_hash(follow_hash) is None:
            # Only wrong codes are counted: in a library many people share one address.
            for ident, limit in limits:
                ratelimit.check("feedback-code", ident, limit, CODE_SECONDS)
            raise ServiceError(_("Koodilla ei löydy palautetta. Tarkista koodi ja yritä uudelleen."), "code")
        url = reverse("feedback:followed")
        return _private(redirect_with_receipt(self.request, url, {"follow": follow_hash}))

    def get_standalone_context(self) -> dict[str, Any]:
        return {"breadcrumbs": _crumbs(str(self.page_title))}


class FollowedView(View):
    """The state, the answers and the timeline of the case whose code was just given."""

    def get(self, request: HttpRequest) -> HttpResponse:
        opened = read_receipt(request)
        case = case_by_follow_hash(opened.get("follow", "")) if opened else None
        if case is None:
            return _private(HttpResponseRedirect(reverse("feedback:follow")))
        title = _("Palautteesi")
        context = {
            "case": case,
            "answers": case.messages.all(),
            "timeline": timeline_of(case),
            "photo_count": case.photos.count(),
            "published": PublicFeedback.objects.filter(case=case, live=True).first(),
            "title": title,
            "breadcrumbs": [
                {"title": _("Etusivu"), "url": "/"},
                {"title": _("Seuraa palautetta"), "url": reverse("feedback:follow")},
                {"title": title, "url": ""},
            ],
        }
        return _private(render(request, "feedback_forms/followed.html", context))


class PublishedView(View):
    """One published piece of feedback with its answer; 404 for anything that is not public."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        feedback = PublicFeedback.objects.filter(live=True, pk=pk).select_related("topic").first()
        if feedback is None:
            raise Http404
        context = {"feedback": feedback, "title": feedback.title, "breadcrumbs": _crumbs(feedback.title)}
        return render(request, "feedback_forms/published.html", context)
