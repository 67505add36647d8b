"""Merged proposals in the admin: the list with its objections, undoing, answering, and likely pairs."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from budgeting_blocks.forms.merging import ObjectionAnswerForm
from budgeting_blocks.models import MergeObjection, ProposalMerge
from budgeting_blocks.permissions.merging import can_undo_merge
from budgeting_blocks.selectors.merging import merges
from budgeting_blocks.selectors.screening import visible_screenings
from budgeting_blocks.selectors.similar import likely_same
from budgeting_blocks.services.merging import answer_objection, keep_apart, undo_merge
from budgeting_blocks.views.admin_pages import staff
from budgeting_blocks.views.screening_admin import ADMIN
from cms.common.errors import ServiceError

MOST = 200
MOST_ALIKE = 30


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Proposals that may be one; the newest merges, what their authors say of them, and what can be done."""
    user = staff(request, "budgeting_blocks.view_proposalmerge")
    shown = list(merges()[:MOST])
    alike = likely_same(user)
    context = {
        "page_title": _("Yhdistäminen"),
        "header_title": _("Yhdistäminen"),
        "header_icon": "link",
        "board_url": reverse("budgeting_screening:index"),
        "may_merge": user.has_perm("budgeting_blocks.add_proposalmerge"),
        "alike": alike[:MOST_ALIKE],
        "more_alike": max(0, len(alike) - MOST_ALIKE),
        "merges": [{"merge": merge, "undo": can_undo_merge(user, merge)} for merge in shown],
    }
    return render(request, f"{ADMIN}/merges.html", context)


@require_POST
def sort_alike(request: HttpRequest) -> HttpResponse:
    """What somebody says of proposals that read alike: the same, and so to the form that merges them; or not the same."""
    user = staff(request, "budgeting_blocks.add_proposalmerge")
    ids = [text for text in request.POST.getlist("id") if text.isascii() and text.isdecimal() and len(text) < 19]
    back = reverse("budgeting_merging:index")
    if "apart" not in request.POST:
        merge_url = reverse("wagtail_bulk_action", args=["budgeting_blocks", "screening", "merge"])
        return redirect(f"{merge_url}?{urlencode([*(('id', text) for text in ids), ('next', back)])}")
    chosen = visible_screenings(user).filter(pk__in=ids).select_related("proposal__round")
    try:
        keep_apart(proposals=[screening.proposal for screening in chosen], user=user)
    except ServiceError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Merkitty eri ehdotuksiksi. Niitä ei enää näytetä yhdessä."))
    return redirect(back)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take two proposals apart again."""
    user = staff(request, "budgeting_blocks.delete_proposalmerge")
    merge = get_object_or_404(ProposalMerge.objects.select_related("source", "target__round"), pk=pk)
    try:
        source = undo_merge(merge=merge, user=user)
    except ServiceError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Yhdistäminen on purettu: %(title)s.") % {"title": source.title})
    return redirect("budgeting_merging:index")


def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a merge although an author objects, and say why."""
    user = staff(request, "budgeting_blocks.delete_proposalmerge")
    objection = get_object_or_404(
        MergeObjection.objects.filter(answered_at=None).select_related("merge__source", "proposal"), pk=pk
    )
    form = ObjectionAnswerForm(request.POST or None)
    if form.is_valid():
        try:
            answer_objection(objection=objection, text=form.cleaned_data["answer"], user=user)
        except (ServiceError, ValidationError) as error:
            form.add_error(None, error.message if isinstance(error, ServiceError) else error.messages)
        else:
            messages.success(request, _("Vastaus on lähetetty ehdottajalle."))
            return redirect("budgeting_merging:index")
    context = {
        "page_title": _("Vastaa vastustukseen"),
        "header_title": _("Vastaa vastustukseen"),
        "page_subtitle": objection.proposal.title,
        "header_icon": "link",
        "lead": objection.text,
        "form": form,
        "button": _("Pidä yhdistettynä ja lähetä vastaus"),
        "back_url": reverse("budgeting_merging:index"),
    }
    return render(request, f"{ADMIN}/form_page.html", context, status=422 if form.errors else 200)
