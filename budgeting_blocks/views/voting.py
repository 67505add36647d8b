"""Voting in three steps: choose (in the block), review and cast, receipt. The draft travels in the forms."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from budgeting_blocks.domain.ballots import Choice
from budgeting_blocks.domain.fairness import order_at
from budgeting_blocks.domain.phases import Kind, Stage
from budgeting_blocks.forms.voting import BallotForm, CastForm
from budgeting_blocks.held import DRAFT, RIGHT, let_go
from budgeting_blocks.models import InterimSeal, RoundSeal
from budgeting_blocks.permissions.voting import can_cast_ballot
from budgeting_blocks.permissions.words import closing_text
from budgeting_blocks.selectors.boxes import receipt_codes
from budgeting_blocks.selectors.voting import ballot_paper
from budgeting_blocks.services.codes import may_try_code, note_wrong_code
from budgeting_blocks.services.voting import KeyReused, VotingClosed, WrongCode, cast_ballot
from budgeting_blocks.views.shared import around, public_round
from cms.common.errors import ServiceError
from cms.common.formpost import BlockFormView
from cms.common.forms import PublicForm
from cms.common.http import client_ip, private
from cms.common.pagecache import keep_private, valid_until
from cms.common.receipts import read_receipt, redirect_with_receipt
from cms.common.textkeys import normalise_code

RECEIPTS_ON_PAGE = 300


class TooManyTries(ServiceError):
    """Too many wrong codes came from this address."""


class _VotingStep(BlockFormView):
    """What both steps share: the round of the address, its ballot, and the way back to the block."""

    standalone_template = "budgeting_blocks/voting/page.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.round = public_round(kwargs["slug"])
        self.page_title = self.round.title
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        post, pot, order = self.request.POST, None, order_at(timezone.now())
        if post.get("pot", "").isdecimal():
            pot = int(post["pot"][:18])
        if post.get("order", "").isdecimal():
            order = int(post["order"][:6])
        paper = ballot_paper(self.round, order=order)
        # Where the voter picks one of the pots, the paper holds that one only.
        if paper.asks_for_pot and pot in {share.key for share in paper.pots}:
            paper = replace(paper, pot=pot)
        return {"paper": paper}

    def get_standalone_context(self) -> dict[str, Any]:
        return {"round": self.round} | around(self.round, self.round.title)

    def render_form(self, form: PublicForm, *, status: int) -> HttpResponse:
        # The widget finds the bound form where a block's would be; on a page of its own the block has no id.
        self.request.bound_forms = {"": form}  # type: ignore[attr-defined]
        return super().render_form(form, status=status)

    def render_review(self, form: CastForm, *, status: int) -> HttpResponse:
        title = _("Tarkista ja anna äänesi")
        response = render(
            self.request,
            "budgeting_blocks/voting/review.html",
            {
                "form": form,
                "round": self.round,
                "origin": self.request.POST.get("origin", "") if self.page else "",
                "cast_url": reverse("budgeting:vote_cast", args=[self.round.slug]),
                "review_url": reverse("budgeting:vote_review", args=[self.round.slug]),
                "title": title,
            }
            | around(self.round, title),
            status=status,
        )
        return private(response)

    def render_ballot(self, form: BallotForm) -> HttpResponseBase:
        """Step 1 again, with the choices in place, on the page that it stood on."""
        return super().form_invalid(form)


class VoteReviewView(_VotingStep):
    """Takes the choices and shows them with their sum. Stores nothing."""

    form_class = BallotForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().post(request, *args, **kwargs)
        if self.asks_to_see and response.status_code == 422:
            response.status_code = 200
        return response

    @property
    def asks_to_see(self) -> bool:
        """Whether the voter goes back to the choices, or looks at another part of them, and sends nothing yet."""
        return not self.request.POST.keys().isdisjoint({"change", "show", "only_chosen", "only_picked", "show_all"})

    def form_invalid(self, form: PublicForm) -> HttpResponseBase:
        if self.asks_to_see and set(form.errors) <= {"proposals"}:
            form.errors.clear()
        return super().form_invalid(form)

    def form_valid(self, form: PublicForm) -> HttpResponseBase:
        assert isinstance(form, BallotForm)  # noqa: S101  (for the type checker)
        if self.asks_to_see:
            return self.render_ballot(form)
        if not (decision := can_cast_ballot(None, self.round, timezone.now())):
            raise VotingClosed(decision.reason)
        cast_form = CastForm(
            block_id=form.block_id, paper=form.paper, chosen=form.cleaned_data["proposals"], picked=form.picked
        )
        return self.render_review(cast_form, status=200)


class VoteCastView(_VotingStep):
    """Takes the reviewed choices and the code, and casts the ballot."""

    form_class = CastForm
    status = 422

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return redirect("budgeting:vote_review", slug=self.round.slug)

    def form_valid(self, form: PublicForm) -> HttpResponseBase:
        address = client_ip(self.request)
        if not (decision := may_try_code(address)):
            self.status = 429
            raise TooManyTries(decision.reason, "code")
        choices: list[Choice] = form.cleaned_data["proposals"]
        try:
            receipt = cast_ballot(
                round=self.round,
                code=form.cleaned_data["code"],
                proposals=[choice.item for choice in choices],
                points=dict(choices),
                key=self.submission_key,
            )
        except WrongCode:
            note_wrong_code(address)
            raise
        except KeyReused:
            self.status = 409
            raise
        url = reverse("budgeting:vote_receipt", args=[self.round.slug])
        response = redirect_with_receipt(self.request, url, {"code": receipt})
        let_go(response, self.round, RIGHT, DRAFT)
        return response

    def form_invalid(self, form: PublicForm) -> HttpResponseBase:
        """The code's errors stand on the review page, the choices' on the ballot."""
        assert isinstance(form, CastForm)  # noqa: S101  (for the type checker)
        if not form.has_error("proposals"):
            return self.render_review(form, status=self.status)
        ballot = BallotForm(form.data, block_id=form.block_id, paper=form.paper)
        ballot.full_clean()
        return self.render_ballot(ballot)


@require_safe
def receipt(request: HttpRequest, slug: str) -> HttpResponse:
    """That the vote is in, with the receipt code while the visitor's own cookie holds it."""
    round = public_round(slug)
    payload = read_receipt(request) or {}
    context = {"code": payload.get("code"), "round": round, "title": round.title} | around(round, _("Kuittisi"))
    return private(render(request, "budgeting_blocks/voting/receipt.html", context))


@require_safe
def receipts(request: HttpRequest, slug: str) -> HttpResponse:
    """The receipt codes of every ballot in the box, sorted, once the voting has closed."""
    round = public_round(slug)
    schedule, now = round.schedule, timezone.now()
    valid_until(request, schedule.next_change(now))
    window = schedule.window(Kind.VOTING)
    title = _("Äänestyskuitit")
    context: dict[str, Any] = {"round": round, "title": title} | around(round, title)
    if window is None or window.stage(now) is not Stage.CLOSED:
        context["closes"] = closing_text(window.closes_at) if window else ""
        return render(request, "budgeting_blocks/voting/receipts.html", context)
    codes = receipt_codes(round)
    asked = request.GET.get("koodi", "").replace("\x00", "")[:40].strip()
    if asked:
        # What one looks for is one's own; no shared cache keeps it.
        keep_private(request)
        context |= {"asked": asked, "found": codes.filter(code=normalise_code(asked)).exists()}
    page = Paginator(codes, RECEIPTS_ON_PAGE).get_page(request.GET.get("sivu"))
    context |= {"is_closed": True, "page_of_codes": page, "seal": RoundSeal.objects.filter(round=round).first()}
    if context["seal"] is None:
        context["interim"] = InterimSeal.objects.filter(round=round).first()
    return render(request, "budgeting_blocks/voting/receipts.html", context)
