"""The paper desk's pages in the admin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages

from budgeting_blocks.choices import VoidReason
from budgeting_blocks.domain.paper import Reading, SheetState
from budgeting_blocks.forms.paper import DecisionForm, EnvelopeForm, PaperBatchForm, SheetForm
from budgeting_blocks.models import PaperBatch, PaperSheet, Round
from budgeting_blocks.permissions.paper import can_book_paper, can_enter_paper, can_see_paper
from budgeting_blocks.selectors.paper import (
    booking_blockers,
    next_sheet,
    numbered_items,
    reconcile,
    rounds_with_paper,
    sheet_readings,
    versions_of,
    void_lines,
)
from budgeting_blocks.selectors.rules import rules_in_force
from budgeting_blocks.services.paper import (
    Counts,
    PaperRefused,
    book_batch,
    check_envelope,
    decide_sheet,
    enter_sheet,
    save_batch,
)
from budgeting_blocks.views.admin_pages import admin_page, require, staff, try_form

ENVELOPE_WORDS = {
    "accepted": lambda: _("Hyväksytty. Siirrä äänestyslippu kuorestaan muiden joukkoon näkemättä sitä."),
    "duplicates": lambda: _("Äänestänyt jo. Jätä kuori avaamatta ja pane se sivuun."),
    "unknown": lambda: _("Koodia ei ole. Jätä kuori avaamatta ja pane se sivuun."),
}


def index(request: HttpRequest) -> HttpResponse:
    """Rounds that are voted on paper, with their batches."""
    require(can_see_paper(request.user))
    now = timezone.now()
    rows = [(round, can_enter_paper(request.user, round, rules_in_force(round), now)) for round in rounds_with_paper()]
    return _page(request, "index", _("Paperiäänestys"), rows=rows)


def create(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a batch."""
    require(can_see_paper(request.user))
    round = get_object_or_404(Round, pk=pk, rehearsal_of=None)
    if not (decision := can_enter_paper(request.user, round, rules_in_force(round), timezone.now())):
        messages.error(request, decision.reason)
        return redirect("budgeting_paper:index")
    return _batch_form(request, round, None)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Mend a batch's hand-counted numbers."""
    batch = _batch(request, pk)
    return _batch_form(request, batch.round, batch)


def _batch_form(request: HttpRequest, round: Round, batch: PaperBatch | None) -> HttpResponse:
    fields = ("label", "printed", "unused", "received")
    form = PaperBatchForm(
        request.POST or None, initial={name: getattr(batch, name) for name in fields} if batch else {}
    )

    def save(data: dict[str, Any]) -> PaperBatch:
        counts = Counts(data["printed"], data["unused"], data["received"])
        return save_batch(
            round=round, label=data["label"], counts=counts, user=staff(request), now=timezone.now(), batch=batch
        )

    saved = try_form(form, save)
    if saved is not None:
        return redirect("budgeting_paper:batch", saved.pk)
    title = _("Muokkaa erää") if batch else _("Uusi paperierä")
    return _page(request, "form", title, subtitle=round, form=form, submit=_("Tallenna"))


def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """One batch: its numbers, what is left to do, and the sheets whose readings differ."""
    batch = _batch(request, pk)
    sheets = sheet_readings(batch)
    numbers = reconcile(batch, sheets)
    frozen, now = rules_in_force(batch.round), timezone.now()
    return _page(
        request,
        "batch",
        batch.label,
        subtitle=batch.round,
        batch=batch,
        numbers=numbers,
        blockers=[] if batch.booked_on else booking_blockers(numbers),
        void=void_lines(numbers),
        differing=[row.sheet for row in sheets if row.state is SheetState.DIFFERS],
        enter=can_enter_paper(request.user, batch.round, frozen, now, batch),
        book=can_book_paper(request.user, batch, frozen, now, booking_blockers(numbers)),
    )


def envelopes(request: HttpRequest, pk: int) -> HttpResponse:
    """Check the codes of unopened envelopes, one after another."""
    batch = _batch(request, pk)
    done = batch.accepted + batch.duplicates + batch.unknown
    form = EnvelopeForm(request.POST or None, initial={"handled": done})
    outcome = try_form(form, lambda data: check_envelope(batch=batch, user=staff(request), now=timezone.now(), **data))
    if outcome is not None:
        tell = messages.success if outcome == "accepted" else messages.warning
        tell(request, ENVELOPE_WORDS[outcome]())
        return redirect("budgeting_paper:envelopes", pk)
    intro = _("Tarkistettu %(done)d/%(all)d kuorta. Älä avaa kuorta ennen kuin sen koodi on hyväksytty.")
    return _form(
        request, batch, _("Tarkista kuoret"), form, _("Tarkista"), intro % {"done": done, "all": batch.received}
    )


def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Read sheets, one after another; nobody sees here what another reader saw."""
    batch = _batch(request, pk)
    user = staff(request)
    number = next_sheet(batch, user.pk)
    if number is None and request.method == "GET":
        messages.info(request, _("Olet lukenut kaikki sinulle kuuluvat liput."))
        return redirect("budgeting_paper:batch", pk)
    form = SheetForm(request.POST or None, initial={"number": number})
    form.fields["number" if form.is_bound else "marks"].widget.attrs["autofocus"] = True
    state = _try_marks(form, lambda data: enter_sheet(batch=batch, user=user, now=timezone.now(), **data))
    if state is not None:
        if state is SheetState.DIFFERS:
            messages.warning(request, _("Luennat eroavat. Lippu odottaa ratkaisua."))
        return redirect("budgeting_paper:enter", pk)
    return _form(request, batch, _("Lue lippuja"), form, _("Tallenna ja seuraava"))


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Two readings side by side, and the decision between them."""
    require(can_see_paper(request.user))
    sheet = get_object_or_404(PaperSheet.objects.select_related("batch__round"), pk=pk)
    row = next(row for row in sheet_readings(sheet.batch) if row.sheet.pk == pk)
    if row.state is not SheetState.DIFFERS:
        return redirect("budgeting_paper:batch", sheet.batch_id)
    form = DecisionForm(request.POST or None)
    user = staff(request)

    def act(data: dict[str, Any]) -> bool:
        decide_sheet(sheet=sheet, user=user, now=timezone.now(), **data)
        return True

    if _try_marks(form, act):
        messages.success(request, _("Ero on ratkaistu."))
        return redirect("budgeting_paper:batch", sheet.batch_id)
    versions = versions_of(sheet.batch.round)
    titles = {pk: item.title for pk, item in versions[0].items.items()}
    lines = [_reading_lines(reading, numbered_items(versions), titles) for reading in row.readings]
    shared = set.intersection(*map(set, lines))
    readings = [[(line, line not in shared) for line in reading] for reading in lines]
    title = _("Lippu %(number)d: luennat eroavat") % {"number": sheet.number}
    back = reverse("budgeting_paper:batch", args=[sheet.batch_id])
    return _page(request, "decide", title, back, subtitle=sheet.batch, form=form, readings=readings)


def _reading_lines(reading: Reading, numbers: dict[int, int], titles: dict[int, str]) -> list[str]:
    if reading.void:
        return [_("Hylätty: %(reason)s") % {"reason": VoidReason(reading.void).label}]
    marks = sorted((numbers[pk], titles[pk], points) for pk, points in reading.choices.items())
    return [f"{number}. {title}" + (f" ({points})" if points != 1 else "") for number, title, points in marks]


def book(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the batch's ballots into the box."""
    batch = _batch(request, pk)
    blockers = booking_blockers(reconcile(batch, sheet_readings(batch)))
    if not (decision := can_book_paper(request.user, batch, rules_in_force(batch.round), timezone.now(), blockers)):
        messages.error(request, decision.reason)
        return redirect("budgeting_paper:batch", pk)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if try_form(form, lambda _data: book_batch(batch=batch, user=staff(request))) is not None:
        messages.success(request, _("Erä on kirjattu uurnaan. Tulosta täsmäytys ja allekirjoittakaa se."))
        return redirect("budgeting_paper:batch", pk)
    intro = _(
        "Hyväksytyt liput siirtyvät uurnaan, ja kaikki luennat poistetaan: jäljelle jäävät vain lukumäärät. "
        "Tätä ei voi perua."
    )
    return _form(request, batch, _("Kirjaa uurnaan"), form, _("Kirjaa uurnaan"), intro)


def _try_marks(form: forms.Form, act: Callable[[dict[str, Any]], Any]) -> Any:
    """As `try_form`, and a sheet that is no good ballot gets its reason for being void suggested."""

    def suggesting(data: dict[str, Any]) -> Any:
        try:
            return act(data)
        except PaperRefused as error:
            if error.suggests:
                text = _("Jos lippu on todella merkitty näin, tyhjennä numerot ja valitse ”%(reason)s”.")
                form.add_error("void_reason", text % {"reason": VoidReason(error.suggests).label})
            raise

    return try_form(form, suggesting)


def _batch(request: HttpRequest, pk: int) -> PaperBatch:
    require(can_see_paper(request.user))
    return get_object_or_404(PaperBatch.objects.select_related("round"), pk=pk)


def _form(
    request: HttpRequest, batch: PaperBatch, title: str, form: forms.Form, submit: str, intro: str = ""
) -> HttpResponse:
    back = reverse("budgeting_paper:batch", args=[batch.pk])
    return _page(request, "form", title, back, subtitle=batch, form=form, submit=submit, intro=intro)


def _page(
    request: HttpRequest, template: str, title: str, back: str = "", subtitle: object = "", **context: Any
) -> HttpResponse:
    folder = "voting" if template == "form" else "paper"
    path = f"budgeting_blocks/{folder}/admin/{template}.html"
    back_url = back or reverse("budgeting_paper:index")
    return admin_page(request, path, title, back_url=back_url, subtitle=subtitle, icon="doc-full", **context)
