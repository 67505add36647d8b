"""Showing who one is before casting a ballot: by a code, by mail. Other means lead here when they are done."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from budgeting_blocks.forms.rights import CodeForm, DraftForm, MailForm
from budgeting_blocks.held import DRAFT, RIGHT, held, hold, let_go
from budgeting_blocks.models import Round
from budgeting_blocks.permissions.voting import can_cast_ballot
from budgeting_blocks.selectors.means import means_offered
from budgeting_blocks.selectors.rules import rules_in_force
from budgeting_blocks.services.codes import may_try_code, note_wrong_code
from budgeting_blocks.services.mailed_rights import TooManyMails, mail_right
from budgeting_blocks.services.rights import declaration_text, find_held_right
from budgeting_blocks.views.shared import around, public_round
from cms.common.errors import ServiceError
from cms.common.formpost import BlockFormView
from cms.common.forms import PublicForm
from cms.common.http import client_ip, private, see_other

MEANS = "budgeting_blocks/voting/means"
# What a post carries besides the ballot.
_NOT_BALLOT = frozenset({"form_token", "website", "code", "declared", "csrfmiddlewaretoken", "change"})
_MAX_DRAFT = 700


class CodeRefused(ServiceError):
    """No right opened with this code."""


class RoundView(BlockFormView):
    """A public form of one round, on a page of its own that no cache keeps."""

    template = f"{MEANS}/form.html"
    status = 422

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.round = public_round(kwargs["slug"])
        return private(super().dispatch(request, *args, **kwargs))

    def form_invalid(self, form: PublicForm) -> HttpResponseBase:
        return self.render_form(form, status=self.status)

    def render_form(self, form: PublicForm, *, status: int) -> HttpResponse:
        context = {"form": form, "round": self.round, "action": self.request.path, "title": self.page_title}
        context |= self.get_standalone_context()
        return render(self.request, self.template, around(self.round, str(context["title"])) | context, status=status)


class IdentifyView(RoundView):
    """All means of the round. A ballot posted here, to come back to afterwards, goes into the browser's own keeping."""

    form_class = DraftForm
    template = f"{MEANS}/identify.html"

    def get_standalone_context(self) -> dict[str, Any]:
        return {
            "title": _("Todista äänioikeutesi"),
            "offered": means_offered(self.round),
            "open": can_cast_ballot(None, self.round, timezone.now()),
            "code_form": CodeForm(block_id="code"),
            "mail_form": MailForm(block_id="mail", declaration=declaration_text(rules_in_force(self.round).rules)),
        }

    def form_valid(self, form: PublicForm) -> HttpResponseBase:
        response = see_other(reverse("budgeting:vote_identify", args=[self.round.slug]))
        lists = self.request.POST.lists()
        ballot = [(name, value) for name, values in lists if name not in _NOT_BALLOT for value in values]
        if len(ballot) <= _MAX_DRAFT:
            hold(self.request, response, self.round, DRAFT, ballot)
        return response


class CodeView(RoundView):
    """A code by letter, mail, slip or desk. The page's address may end in `#CODE`, which a script writes into the field."""

    form_class = CodeForm
    template = f"{MEANS}/code.html"
    page_title = gettext_lazy("Äänestä koodilla")

    def form_valid(self, form: PublicForm) -> HttpResponseBase:
        address, now = client_ip(self.request), timezone.now()
        if not (decision := can_cast_ballot(None, self.round, now)):
            raise CodeRefused(decision.reason)
        if not (decision := may_try_code(address)):
            self.status = 429
            raise CodeRefused(decision.reason, "code")
        code = form.cleaned_data["code"]
        if find_held_right(self.round, code, now) is None:
            note_wrong_code(address)
            raise CodeRefused(_("Koodi ei kelpaa. Tarkista, että kirjoitit sen oikein."), "code")
        return identified(self.request, self.round, code)


class MailView(RoundView):
    """Asks for an address and sends a code there."""

    form_class = MailForm
    page_title = gettext_lazy("Koodi sähköpostiin")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"declaration": declaration_text(rules_in_force(self.round).rules)}

    def form_valid(self, form: PublicForm) -> HttpResponseBase:
        data = form.cleaned_data
        try:
            mail_right(
                round=self.round,
                address=data["email"],
                declared=data.get("declared", False),
                visitor=client_ip(self.request),
                now=timezone.now(),
            )
        except TooManyMails:
            self.status = 429
            raise
        return see_other(reverse("budgeting:vote_mail_sent", args=[self.round.slug]))


@require_safe
def mail_sent(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What happens next; the same whoever asked."""
    round, title = public_round(slug), _("Katso sähköpostisi")
    context = {"round": round, "title": title, "code_form": CodeForm(block_id="code")} | around(round, title)
    return private(render(request, f"{MEANS}/mail_sent.html", context))


@require_safe
def identified_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Who comes from any means lands here, and goes on to the ballot or back to the one they had begun."""
    round = public_round(slug)
    payload = held(request, round, RIGHT) or {}
    right = find_held_right(round, payload.get("secret", ""), timezone.now())
    if right is None:
        return private(redirect("budgeting:vote_identify", slug=slug))
    title = _("Äänioikeutesi on todettu")
    context = {
        "round": round,
        "right": right,
        "means": next((means for means in means_offered(round) if means.kind is right.means), None),
        "draft": held(request, round, DRAFT) or [],
        "form": DraftForm(),
        "title": title,
    }
    return private(render(request, f"{MEANS}/identified.html", context | around(round, title)))


class LeaveView(RoundView):
    """Lets the browser forget the right, for the next one at a shared computer."""

    form_class = DraftForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return redirect("budgeting:vote_identify", slug=self.round.slug)

    def form_valid(self, form: PublicForm) -> HttpResponseBase:
        response = see_other(reverse("budgeting:vote_identify", args=[self.round.slug]))
        let_go(response, self.round, RIGHT, DRAFT)
        return response


def identified(request: HttpRequest, round: Round, secret: str) -> HttpResponseBase:
    """On to the ballot, with the right's secret in the browser's keeping."""
    response = see_other(reverse("budgeting:vote_identified", args=[round.slug]))
    hold(request, response, round, RIGHT, {"secret": secret})
    return response
