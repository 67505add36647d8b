"""Making a proposal, step by step. Each step saves; the private link of the draft leads back to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.forms.proposals import AuthorForm, DetailForm, IdeaForm, ProposalStep, SendForm, text_from
from budgeting_blocks.models import ProposalDraft, Round
from budgeting_blocks.permissions import can_submit_proposal
from budgeting_blocks.permissions.words import closing_text
from budgeting_blocks.selectors.citymap import city_map
from budgeting_blocks.selectors.drafts import draft_behind
from budgeting_blocks.selectors.similar import similar_proposals
from budgeting_blocks.services.drafts import DRAFT_DAYS, save_draft, send_draft, start_draft
from budgeting_blocks.services.follow import follow_token, hash_token
from budgeting_blocks.services.proposals import ProposalError, Submission
from budgeting_blocks.views.shared import around, photo_file, private, public_round, unknown_link
from cms.common import ratelimit
from cms.common.decision import Decision
from cms.common.formpost import BlockFormView
from cms.common.forms import PublicForm
from cms.common.http import client_ip, is_same_origin, see_other
from cms.common.pagecache import valid_until
from cms.common.photos import MAX_BYTES
from cms.common.receipts import redirect_with_receipt

HOUR, MINUTE = 60 * 60, 60
# A library's readers share one address.
PROPOSALS_PER_ADDRESS, DRAFTS_PER_ADDRESS = 20, 60
LOOKUPS_PER_ADDRESS, PHOTOS_PER_ADDRESS = 600, 60


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the form."""

    slug: str
    title: str | Promise
    form_class: type[ProposalStep]


STEPS = (
    Step("idea", gettext_lazy("Idea"), IdeaForm),
    Step("kuvaus", gettext_lazy("Kuvaus ja paikka"), DetailForm),
    Step("tiedot", gettext_lazy("Kriteerit ja yhteystieto"), AuthorForm),
)
REVIEW = "tarkista"
ORDER = (*(step.slug for step in STEPS), REVIEW)


def step_url(round: Round, token: str, slug: str) -> str:
    if slug == REVIEW:
        return reverse("budgeting:propose_review", args=[round.slug, token])
    return reverse("budgeting:propose_step", args=[round.slug, token, slug])


def _see(url: str) -> HttpResponseRedirect:
    return private(see_other(url))


def _progress(current: str) -> list[dict[str, Any]]:
    titles = [*(step.title for step in STEPS), _("Tarkista ja lähetä")]
    place = ORDER.index(current)
    states = ["done" if n < place else "current" if n == place else "upcoming" for n in range(len(ORDER))]
    return [{"title": title, "state": state} for title, state in zip(titles, states, strict=True)]


class ProposeView(BlockFormView):
    """The first step, on a page of its own or in a block: the idea. What is sent begins a draft."""

    form_class = IdeaForm
    standalone_template = "budgeting_blocks/proposals/propose.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rounds = Round.objects.filter(live=True)
        if request.method == "POST":
            # A round taken off while somebody was writing: the form comes back with the reason, not "not found".
            rounds = Round.objects.filter(first_published_at__isnull=False)
        self.round = get_object_or_404(rounds, slug=kwargs["slug"])
        self.page_title = _("Tee ehdotus")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"round": self.round}

    def form_valid(self, form: PublicForm) -> HttpResponseBase:
        assert isinstance(form, IdeaForm)  # noqa: S101  (the form_class above)
        allowed = can_submit_proposal(None, self.round, timezone.now())
        if allowed:
            allowed = ratelimit.check("propose-draft", client_ip(self.request), DRAFTS_PER_ADDRESS, HOUR)
        if not allowed:
            raise ProposalError(allowed.reason)
        token = start_draft(round=self.round, data=form.typed(), submission_key=self.submission_key)
        return _see(step_url(self.round, token, STEPS[1].slug))

    def get_standalone_context(self) -> dict[str, Any]:
        now = timezone.now()
        decision = can_submit_proposal(None, self.round, now)
        schedule = self.round.schedule
        valid_until(self.request, schedule.next_change(now))
        window = schedule.window(Kind.PROPOSALS)
        return {
            **around(self.round, str(self.page_title)),
            "round": self.round,
            "allowed": bool(decision),
            "reason": decision.reason,
            "until": closing_text(window.closes_at) if window else "",
            "steps": _progress(STEPS[0].slug),
        }


class DraftView(BlockFormView):
    """Base of a draft's pages, all behind its private link. A draft that was sent leads to its proposal."""

    draft: ProposalDraft
    slug = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.round = get_object_or_404(Round, slug=kwargs["slug"], first_published_at__isnull=False)
        self.token = kwargs["token"]
        draft = draft_behind(hash_token(self.token), self.round)
        if draft is None:
            return unknown_link(request)
        self.draft = draft
        if draft.proposal is not None and request.method == "POST":
            return self.to_receipt(Submission(draft.proposal, _follow_token(draft), mailed=True))
        if draft.proposal is not None:
            return _see(reverse("budgeting:proposal_follow", args=[_follow_token(draft)]))
        return private(super().dispatch(request, *args, **kwargs))

    def to_receipt(self, sent: Submission) -> HttpResponseBase:
        return redirect_with_receipt(
            self.request, reverse("budgeting:proposal_receipt"), {"token": sent.token, "mailed": sent.mailed}
        )

    def url_of(self, slug: str) -> str:
        return step_url(self.round, self.token, slug)

    def get_standalone_context(self) -> dict[str, Any]:
        place = ORDER.index(self.slug)
        return {
            **around(self.round, str(self.page_title)),
            "round": self.round,
            "draft": self.draft,
            "closed": can_submit_proposal(None, self.round, timezone.now()).reason,
            "steps": _progress(self.slug),
            "back_url": self.url_of(ORDER[place - 1]) if place else "",
            "photo_url": reverse("budgeting:draft_photo", args=[self.round.slug, self.token]),
            "link": self.request.build_absolute_uri(self.request.path),
            "saved": "tallennettu" in self.request.GET,
            "draft_days": DRAFT_DAYS,
        }


def _follow_token(draft: ProposalDraft) -> str:
    return follow_token(draft.proposal.submission_key or "") if draft.proposal else ""


class StepView(DraftView):
    """One step: what was typed is kept at every press of a button, also when it is refused."""

    standalone_template = "budgeting_blocks/proposals/step.html"
    max_upload_bytes = MAX_BYTES + 1

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.slug = kwargs["step"]
        step = next((step for step in STEPS if step.slug == self.slug), None)
        if step is None:
            raise Http404
        self.form_class, self.page_title = step.form_class, step.title
        self.photo_limit = Decision.yes()

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = {"round": self.round}
        if issubclass(self.form_class, DetailForm):
            kwargs["has_photo"] = self.draft.photo_id is not None
        if self.request.method == "GET":
            kwargs["initial"] = self.draft.data
        return kwargs

    def before_form(self) -> HttpResponseBase | None:
        if self.request.FILES:
            limit = ratelimit.check("propose-photo", client_ip(self.request), PHOTOS_PER_ADDRESS, 10 * MINUTE)
            if not limit:
                # No photo is decoded any more.
                self.photo_limit = limit
                self.request.FILES.clear()
        return self.keep(self.request) if self.request.POST.get("action") in ("save", "back") else None

    def keep(self, request: HttpRequest) -> HttpResponseBase:
        """Keep the draft as it is, right or wrong."""
        form = self.form_class(request.POST, request.FILES, **self.get_form_kwargs())
        form.full_clean()
        self.save(form)
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"saved": True})
        if request.POST["action"] == "back":
            return _see(self.url_of(ORDER[max(0, ORDER.index(self.slug) - 1)]))
        return _see(f"{self.url_of(self.slug)}?tallennettu=1")

    def save(self, form: PublicForm) -> None:
        assert isinstance(form, ProposalStep)  # noqa: S101  (all steps are)
        cleaned = getattr(form, "cleaned_data", {})
        removes = isinstance(form, DetailForm) and form.wants_photo_removed()
        self.draft = save_draft(draft=self.draft, data=form.typed(), photo=cleaned.get("photo"), remove_photo=removes)
        if isinstance(form, DetailForm):
            form.has_photo = self.draft.photo_id is not None

    def form_valid(self, form: PublicForm) -> HttpResponseBase:
        self.save(form)
        if not self.photo_limit:
            raise ProposalError(self.photo_limit.reason, "photo")
        allowed = can_submit_proposal(None, self.round, timezone.now())
        if not allowed:
            raise ProposalError(allowed.reason)
        return _see(self.url_of(ORDER[ORDER.index(self.slug) + 1]))

    def form_invalid(self, form: PublicForm) -> HttpResponseBase:
        self.save(form)
        return super().form_invalid(form)

    def get_standalone_context(self) -> dict[str, Any]:
        context = super().get_standalone_context()
        if self.form_class is DetailForm:
            data = self.draft.data
            context["similar"] = similar_proposals(self.round, data.get("title", ""), data.get("summary", ""))
            context["map"] = city_map()
        return context


class ReviewView(DraftView):
    """The last step: all that was written, what is still missing, and the sending."""

    slug = REVIEW
    form_class = SendForm
    standalone_template = "budgeting_blocks/proposals/review.html"
    page_title = gettext_lazy("Tarkista ja lähetä")

    def checked(self) -> list[ProposalStep]:
        """All steps as they are kept, checked again."""
        forms = []
        for step in STEPS:
            extra = {"has_photo": self.draft.photo_id is not None} if step.form_class is DetailForm else {}
            form = step.form_class(self.draft.data, {}, round=self.round, auto_id=f"{step.slug}-%s", **extra)
            form.full_clean()
            forms.append(form)
        return forms

    def form_valid(self, form: PublicForm) -> HttpResponseBase:
        steps = self.checked()
        if not all(step.is_valid() for step in steps):
            raise ProposalError(_("Ehdotuksesta puuttuu vielä jotain. Korjaa merkityt kohdat ja lähetä sitten."))
        limited = ratelimit.check("propose-address", client_ip(self.request), PROPOSALS_PER_ADDRESS, HOUR)
        if not limited:
            raise ProposalError(limited.reason)
        data: dict[str, Any] = {}
        for step in steps:
            data |= step.cleaned_data
        sent = send_draft(
            draft=self.draft,
            text=text_from(data),
            email=data["email"],
            token=self.token,
            language=get_language() or "fi",
        )
        return self.to_receipt(sent)

    def get_standalone_context(self) -> dict[str, Any]:
        sections = [
            {
                "title": step.title,
                "url": self.url_of(step.slug),
                "answers": form.answers(),
                "entries": form.summary_entries(),
                "has_photo": isinstance(form, DetailForm) and form.has_photo,
            }
            for step, form in zip(STEPS, self.checked(), strict=True)
        ]
        return super().get_standalone_context() | {"sections": sections}


@require_safe
def draft(request: HttpRequest, slug: str, token: str) -> HttpResponseBase:
    """The private link itself leads to the beginning."""
    return _see(reverse("budgeting:propose_step", args=[slug, token, STEPS[0].slug]))


@require_safe
def draft_photo(request: HttpRequest, slug: str, token: str) -> HttpResponseBase:
    """The photo of a draft, for whoever has its link."""
    round = get_object_or_404(Round, slug=slug)
    draft = draft_behind(hash_token(token), round)
    return private(photo_file(draft.photo if draft else None))


def _similar(request: HttpRequest, slug: str) -> HttpResponse:
    round = public_round(slug)
    if not is_same_origin(request):
        return JsonResponse({"proposals": []}, status=403)
    if not ratelimit.check("propose-similar", client_ip(request), LOOKUPS_PER_ADDRESS, 10 * MINUTE):
        return JsonResponse({"proposals": []}, status=429)
    found = similar_proposals(round, request.POST.get("title", ""), request.POST.get("summary", ""))
    rows = [
        {
            "title": proposal.title,
            "summary": proposal.summary,
            "url": proposal.get_absolute_url(),
            "support": reverse("budgeting:support", args=[proposal.pk]),
        }
        for proposal in found
    ]
    return private(JsonResponse({"proposals": rows}))


# A post, so that what somebody writes stands in no address and no log. It changes nothing, so it needs no token.
similar: Callable[..., HttpResponse] = csrf_exempt(require_POST(_similar))
