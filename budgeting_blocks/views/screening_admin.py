"""Around the board of assessments: questions, notes, and the spreadsheet out and in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from budgeting_blocks.forms.screening import NoteForm, QuestionForm, SheetForm
from budgeting_blocks.models import Criterion, Screening, ScreeningImport
from budgeting_blocks.selectors.screening import board, by_due_date, visible_screenings
from budgeting_blocks.services.asking import add_note, ask_author
from budgeting_blocks.services.importing import apply_import, preview_import, rows_of
from budgeting_blocks.services.sheet_rows import Row
from budgeting_blocks.sheets import sheet_header, sheet_row
from budgeting_blocks.views.admin_pages import staff
from budgeting_blocks.viewsets.screening import ScreeningFilterSet
from cms.common.errors import ServiceError
from cms.common.exports import xlsx_response
from cms.common.spreadsheets import SpreadsheetError

ADMIN = "budgeting_blocks/admin"


ASSESS = "budgeting_blocks.change_screening"


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a question to the author of an assessment that the user works on."""
    return _speak(request, pk, QuestionForm, "question", ask_author, _("Kysymys on lähetetty ehdottajalle."))


@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a remark for colleagues."""
    return _speak(request, pk, NoteForm, "note", add_note, _("Muistiinpano on tallennettu."))


def _speak(
    request: HttpRequest, pk: int, form_class: type[forms.Form], prefix: str, say: Callable[..., Any], done: str
) -> HttpResponse:
    user = staff(request, ASSESS)
    screening = get_object_or_404(visible_screenings(user).select_related("proposal"), pk=pk)
    form = form_class(request.POST, prefix=prefix, auto_id=f"{prefix}-%s")
    if form.is_valid():
        try:
            say(screening=screening, text=form.cleaned_data["text"], user=user)
        except (ServiceError, ValidationError) as error:
            form.add_error(None, error.message if isinstance(error, ServiceError) else error.messages)
        else:
            messages.success(request, done)
            return redirect("budgeting_screening:edit", screening.pk)
    context = {
        "page_title": screening.proposal.title,
        "header_title": screening.proposal.title,
        "header_icon": "clipboard-list",
        "form": form,
        "button": _("Tallenna"),
        "back_url": reverse("budgeting_screening:edit", args=[screening.pk]),
    }
    return render(request, f"{ADMIN}/form_page.html", context, status=422)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The board as the user sees it, filtered as the address says, as a workbook."""
    user = staff(request, ASSESS)
    chosen = ScreeningFilterSet(request.GET, queryset=board(user), request=request).qs
    found = by_due_date(chosen).prefetch_related("findings")
    if query := request.GET.get("q", "").strip():
        found = found.filter(proposal__title__icontains=query[:100])
    screenings: list[Screening] = list(found)
    criteria = list(
        Criterion.objects.filter(round__in={s.proposal.round_id for s in screenings}).order_by("round", "pk")
    )
    rows = (sheet_row(screening, criteria) for screening in screenings)
    return xlsx_response("arvioinnit", sheet_header(criteria), rows)


def upload(request: HttpRequest) -> HttpResponse:
    """Take a workbook, and show what it would change."""
    user = staff(request, ASSESS)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            draft = preview_import(file=file, filename=file.name, user=user)
        except (ServiceError, SpreadsheetError) as error:
            form.add_error("file", error.message)
        else:
            return redirect("budgeting_assessing:preview", draft.pk)
    context = {
        "page_title": _("Tuo arvioinnit taulukosta"),
        "header_title": _("Tuo arvioinnit taulukosta"),
        "header_icon": "upload",
        "form": form,
        "button": _("Näytä, mikä muuttuisi"),
        "back_url": reverse("budgeting_screening:index"),
    }
    return render(request, f"{ADMIN}/form_page.html", context, status=422 if form.errors else 200)


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the user's own sheet would change, row by row."""
    draft = get_object_or_404(ScreeningImport, pk=pk, user=staff(request, ASSESS))
    return _preview(request, draft)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in what was shown."""
    user = staff(request, ASSESS)
    draft = get_object_or_404(ScreeningImport, pk=pk, user=user)
    try:
        count = apply_import(draft=draft, user=user, skip_faulty=bool(request.POST.get("skip")))
    except ServiceError as error:
        messages.error(request, error.message)
        return _preview(request, draft, status=422)
    done = ngettext("%(count)d arviointi tallennettiin.", "%(count)d arviointia tallennettiin.", count)
    messages.success(request, done % {"count": count})
    return redirect("budgeting_screening:index")


def _preview(request: HttpRequest, draft: ScreeningImport, *, status: int = 200) -> HttpResponse:
    rows: list[Row] = rows_of(draft)
    shown = [row for row in rows if row.changes or row.errors]
    context = {
        "page_title": _("Näin taulukko muuttaisi arviointeja"),
        "header_title": _("Näin taulukko muuttaisi arviointeja"),
        "page_subtitle": draft.filename,
        "header_icon": "upload",
        "rows": shown,
        "changed": sum(bool(row.changes) and not row.errors for row in rows),
        "faulty": sum(bool(row.errors) for row in rows),
        "unchanged": len(rows) - len(shown),
        "confirm_url": reverse("budgeting_assessing:confirm", args=[draft.pk]),
        "back_url": reverse("budgeting_assessing:import"),
    }
    return render(request, f"{ADMIN}/import_preview.html", context, status=status)
