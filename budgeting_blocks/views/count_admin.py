"""The count in the admin: counting, looking at it before it is confirmed, and confirming it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages

from budgeting_blocks.domain.rules import TieRule
from budgeting_blocks.forms.voting_admin import CountForm, ImportForm, LotCountForm, PublishResultForm
from budgeting_blocks.models import Round, RoundResult
from budgeting_blocks.permissions.voting import can_count_round, can_import_round, can_publish_result, can_see_count
from budgeting_blocks.selectors.countview import count_view
from budgeting_blocks.selectors.rules import rules_in_force
from budgeting_blocks.services.counting import Confirmation, count_round, open_count, publish_results
from budgeting_blocks.services.round_import import import_round
from budgeting_blocks.views.admin_pages import require, staff, try_form
from budgeting_blocks.views.voting_admin import refused, voting_page


def count(request: HttpRequest, pk: int) -> HttpResponse:
    """Seal and count the closed vote."""
    round = get_object_or_404(Round, pk=pk)
    if not request.user.has_perm("budgeting_blocks.count_round"):
        raise PermissionDenied
    if not (decision := can_count_round(request.user, round, timezone.now())):
        return refused(request, decision.reason)
    with_lot = rules_in_force(round).rules.tie_rule is TieRule.LOT
    form = (LotCountForm if with_lot else CountForm)(request.POST if request.method == "POST" else None)
    if try_form(form, lambda data: count_round(round=round, user=staff(request), **data)) is not None:
        messages.success(request, _("Äänet on laskettu. Tulos tulee julki, kun sen vahvistus on kirjattu."))
        return redirect("budgeting_voting:overview")
    intro = _(
        "Ennen laskentaa vaaliuurna sekoitetaan ja sinetöidään. Tulos tallennetaan, mutta se ei näy missään ennen kuin "
        "sen vahvistus on kirjattu. Laskentanäkymän saa auki vain se, joka saa kirjata vahvistuksen."
    )
    return voting_page(
        request, "form", _("Laske äänet"), subtitle=round, form=form, intro=intro, submit=_("Laske äänet")
    )


def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Rules side by side, why each item won or lost, and what the result would be without parts. Every look is logged."""
    result = get_object_or_404(RoundResult.objects.select_related("round"), round=pk)
    require(can_see_count(request.user, result))
    comparison = open_count(result=result, user=staff(request), again="uudelleen" in request.GET)
    return voting_page(
        request,
        "review",
        _("Laskenta ennen vahvistusta"),
        subtitle=result.round,
        result=result,
        view=count_view(result, comparison),
    )


def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the confirmation and make the result public."""
    result = get_object_or_404(RoundResult.objects.select_related("round"), round=pk)
    if not request.user.has_perm("budgeting_blocks.publish_result"):
        raise PermissionDenied
    if not (decision := can_publish_result(request.user, result)):
        return refused(request, decision.reason)
    form = PublishResultForm(request.POST or None)
    if (
        try_form(
            form,
            lambda data: publish_results(result=result, user=staff(request), confirmation=Confirmation(**data)),
        )
        is not None
    ):
        messages.success(request, _("Tulos on julkaistu."))
        return redirect("budgeting_voting:overview")
    intro = _("Tulos tulee heti näkyviin kaikille, ja rahoitettavista ehdotuksista tulee hankkeita.")
    return voting_page(
        request,
        "form",
        _("Kirjaa vahvistus ja julkaise"),
        subtitle=result.round,
        form=form,
        intro=intro,
        submit=_("Julkaise tulos"),
    )


def import_file(request: HttpRequest) -> HttpResponse:
    """A Pabulib file becomes a past round."""
    require(can_import_round(request.user))
    form = ImportForm(request.POST or None, request.FILES or None)
    made = try_form(
        form,
        lambda data: import_round(content=data["file"].read(), user=staff(request), title=data["title"]),
    )
    if made is not None:
        messages.success(request, _("Kierros on tuotu. Se on luonnos, kunnes julkaiset sen."))
        return redirect(Round.snippet_viewset.get_url_name("edit"), made.pk)
    intro = _(
        "Pabulib-tiedostosta tulee päättynyt kierros: ehdotukset, hinnat, äänimäärät ja voittajat. Lippuja ei tuoda."
    )
    return voting_page(request, "form", _("Tuo vanha kierros"), form=form, intro=intro, submit=_("Tuo kierros"))
