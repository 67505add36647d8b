"""Voting in the admin: codes, the count and the publication. No count of votes is shown here before the publication."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages

from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.forms.voting_admin import CountForm, PublishResultForm
from budgeting_blocks.models import Proposal, Round, RoundResult
from budgeting_blocks.permissions.voting import can_count_round, can_create_codes, can_publish_result, can_see_voting
from budgeting_blocks.permissions.words import closing_text, moment_text
from budgeting_blocks.selectors.voting import voting_rounds
from budgeting_blocks.services.counting import count_round, publish_results
from cms.common.errors import ServiceError
from cms.users.models import User

ADMIN = "budgeting_blocks/voting/admin"


def overview(request: HttpRequest) -> HttpResponse:
    """Every round with a vote, what can be done about it now, and why not."""
    _require(can_see_voting(request.user))
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
                "publish": result is not None and can_publish_result(request.user, result),
            }
        )
    return _page(request, "overview", _("Äänestykset"), rows=rows)


def count(request: HttpRequest, pk: int) -> HttpResponse:
    """Count the closed vote."""
    round = get_object_or_404(Round, pk=pk)
    _require(can_see_voting(request.user))
    if not (decision := can_count_round(request.user, round, timezone.now())):
        return _refused(request, decision.reason)
    form = CountForm(request.POST if request.method == "POST" else None)
    if _try(form, lambda _data: count_round(round=round, user=_staff(request))) is not None:
        messages.success(request, _("Äänet on laskettu. Tulos näkyy, kun se on vahvistettu ja julkaistu."))
        return redirect("budgeting_voting:overview")
    intro = _(
        "Ennen laskentaa äänestysliput, kuitit ja koodit kirjoitetaan uudelleen satunnaiseen järjestykseen. "
        "Tulos tallennetaan, mutta sitä ei näytetä kenellekään ennen julkaisua."
    )
    return _page(request, "form", _("Laske äänet"), subtitle=round, form=form, intro=intro, submit=_("Laske äänet"))


def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the confirmation and make the result public."""
    result = get_object_or_404(RoundResult.objects.select_related("round"), round=pk)
    _require(can_see_voting(request.user))
    if not (decision := can_publish_result(request.user, result)):
        return _refused(request, decision.reason)
    form = PublishResultForm(request.POST or None)
    if _try(form, lambda data: publish_results(result=result, user=_staff(request), **data)) is not None:
        messages.success(request, _("Tulos on julkaistu."))
        return redirect("budgeting_voting:overview")
    titles = dict(Proposal.objects.filter(round=pk).values_list("pk", "title"))
    ties = [[titles.get(item, str(item)) for item in tie] for tie in result.ties]
    intro = _("Tulos tulee heti näkyviin kaikille, ja rahoitettavat ehdotukset siirtyvät toteutukseen.")
    return _page(
        request,
        "form",
        _("Julkaise tulos"),
        subtitle=result.round,
        form=form,
        intro=intro,
        ties=ties,
        submit=_("Julkaise tulos"),
    )


def _staff(request: HttpRequest) -> User:
    """The signed-in member of staff; nobody else comes past Wagtail's door."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _try(form: forms.Form, act: Callable[[dict[str, Any]], Any]) -> Any:
    """What `act` gives for a good form; None when the form is fresh, or holds the errors."""
    if not form.is_valid():
        return None
    try:
        return act(form.cleaned_data)
    except ServiceError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
    except ValidationError as error:
        for name, errors in getattr(error, "error_dict", {"__all__": error}).items():
            form.add_error(name if name in form.fields else None, errors)
    return None


def _require(decision: object) -> None:
    if not decision:
        raise PermissionDenied


def _refused(request: HttpRequest, reason: str) -> HttpResponse:
    messages.error(request, reason)
    return redirect("budgeting_voting:overview")


def _page(request: HttpRequest, template: str, title: str, subtitle: object = "", **context: Any) -> HttpResponse:
    context |= {
        "page_title": title,
        "header_title": title,
        "page_subtitle": subtitle,
        "header_icon": "check",
        "back_url": reverse("budgeting_voting:overview"),
    }
    response = render(request, f"{ADMIN}/{template}.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
