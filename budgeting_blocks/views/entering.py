"""Staff enter proposals that came by phone, on paper or at a desk, and moderators look at photos."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages

from budgeting_blocks.forms.entering import EnterForm
from budgeting_blocks.forms.proposals import text_from
from budgeting_blocks.models import Proposal, ProposalPhoto, Round
from budgeting_blocks.permissions import can_enter_proposal
from budgeting_blocks.permissions.proposals import is_entered_late
from budgeting_blocks.selectors.citymap import city_map
from budgeting_blocks.services.photos import store_photo
from budgeting_blocks.services.proposals import Submission, enter_proposal
from budgeting_blocks.views.admin_pages import staff, try_form
from budgeting_blocks.views.shared import photo_file, private
from cms.common.formtokens import check_token, make_token


def rounds_to_enter(request: HttpRequest) -> HttpResponse:
    """Which round the proposal is for. When there is only one, straight on to its form."""
    if not request.user.has_perm("budgeting_blocks.add_proposal"):
        raise Http404
    now = timezone.now()
    rounds = [round for round in Round.objects.all() if can_enter_proposal(request.user, round, now)]
    if len(rounds) == 1:
        return redirect("budgeting_entering:enter", rounds[0].pk)
    title = _("Kirjaa ehdotus")
    context = {"page_title": title, "header_title": title, "rounds": rounds}
    return render(request, "budgeting_blocks/admin/rounds_to_enter.html", context)


def enter(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The form for one round. A form sent twice is one proposal."""
    round = get_object_or_404(Round, pk=pk)
    if not (decision := can_enter_proposal(request.user, round, timezone.now())):
        if not request.user.has_perm("budgeting_blocks.add_proposal"):
            raise Http404
        messages.error(request, decision.reason)
        return redirect("budgeting_entering:rounds")
    posted = request.method == "POST"
    token = request.POST.get("form_token", "") if posted else make_token()
    given = (request.POST, request.FILES) if posted else ()
    form = EnterForm(*given, round=round, late=is_entered_late(round, timezone.now()))
    if posted and (sent := _enter(request, round, form, check_token(token).key)):
        messages.success(request, _("Ehdotus on kirjattu. Se odottaa moderointia."))
        return redirect(reverse(Proposal.snippet_viewset.get_url_name("edit"), args=[sent.proposal.pk]))
    title = _("Kirjaa ehdotus")
    context = {
        "page_title": title,
        "header_title": title,
        "page_subtitle": round.title,
        "form": form,
        "map": city_map(),
        "form_token": token if check_token(token).valid else make_token(),
    }
    return render(request, "budgeting_blocks/admin/enter.html", context, status=422 if posted else 200)


def _enter(request: HttpRequest, round: Round, form: EnterForm, key: str) -> Submission | None:
    photos: list[ProposalPhoto] = []

    def act(data: dict[str, Any]) -> Submission:
        if data.get("photo"):
            photos.append(store_photo(photo=data["photo"], alt=data["photo_alt"], now=timezone.now()))
        return enter_proposal(
            round=round,
            text=text_from(data),
            source=data["source"],
            consent=data["consent"],
            email=data["email"],
            photo=photos[0] if photos else None,
            received_on=data.get("received_on"),
            late_note=data.get("late_note", ""),
            user=staff(request),
            submission_key=f"staff-{request.user.pk}-{key or make_token()}",
        )

    sent: Submission | None = try_form(form, act)
    if sent is None:
        for photo in photos:
            photo.delete()
    return sent


def photo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A photo for those who moderate or assess proposals, published or not."""
    allowed = ("budgeting_blocks.change_proposal", "budgeting_blocks.change_screening")
    if not any(request.user.has_perm(permission) for permission in allowed):
        raise Http404
    return private(photo_file(ProposalPhoto.objects.filter(pk=pk).first()))
