"""Who may vote, in the admin: codes, classes, a desk. A code is seen only in the answer that makes it."""

from __future__ import annotations

import base64
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages

from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.exports import codes_csv
from budgeting_blocks.forms.rights_admin import ClassForm, CodeBatchForm, DeskForm, RevokeForm
from budgeting_blocks.models import ClassList, CodeBatch, Round
from budgeting_blocks.permissions.rights import can_assist_voting, can_create_class, can_revoke_batch
from budgeting_blocks.permissions.voting import can_create_codes, can_see_voting
from budgeting_blocks.permissions.words import closing_text
from budgeting_blocks.selectors.rights import batches_with_turnout, rounds_with_desk, turnout_by_means
from budgeting_blocks.selectors.rules import rules_in_force
from budgeting_blocks.services.classes import create_class
from budgeting_blocks.services.codes import create_code_batch, revoke_batch
from budgeting_blocks.services.desk import give_desk_right
from budgeting_blocks.services.persons import PersonKind
from budgeting_blocks.services.recipients import RecipientList, read_recipients
from budgeting_blocks.services.sheets import MAX_SLIPS, voting_address, voting_slips
from budgeting_blocks.views.admin_pages import admin_page, require, staff, try_form


def rights(request: HttpRequest, pk: int) -> HttpResponse:
    """The register of one round, as counts."""
    round = get_object_or_404(Round, pk=pk)
    require(can_see_voting(request.user))
    now, offered = timezone.now(), rules_in_force(round).means
    round.remember_schedule()
    batches = []
    for batch in batches_with_turnout(round):
        batch.round = round
        batches.append((batch, can_revoke_batch(request.user, batch, now)))
    return _page(
        request,
        "rights",
        _("Äänioikeudet"),
        subtitle=round,
        round=round,
        means=turnout_by_means(round),
        batches=batches,
        codes=can_create_codes(request.user, round, now),
        classes=can_create_class(request.user, round, offered, now),
        desk=can_assist_voting(request.user, round, offered, now),
    )


def create_codes(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a batch; the answer to the post is the only time that the codes are seen."""
    round = get_object_or_404(Round, pk=pk)
    require(can_see_voting(request.user))
    if not (decision := can_create_codes(request.user, round, timezone.now())):
        return _refused(request, round, decision.reason)
    form = CodeBatchForm(request.POST or None, request.FILES or None)
    people: list[RecipientList] = []

    def make(data: dict[str, Any]) -> tuple[CodeBatch, list[str]]:
        if data["recipients"]:
            people.append(read_recipients(round, data["recipients"].read()))
        recipients = people[0].recipients if people else []
        return create_code_batch(
            round=round,
            label=data["label"],
            size=len(recipients) or data["size"],
            user=staff(request),
            now=timezone.now(),
            key=form.key,
            recipients=recipients,
        )

    made = try_form(form, make)
    if made is None:
        intro = _("Koodit näytetään vain kerran, heti kun ne on tehty. Varaudu tulostamaan tai tallentamaan ne.")
        title = _("Tee äänestyskoodeja")
        return _page(request, "form", title, subtitle=round, form=form, intro=intro, submit=_("Tee koodit"))
    batch, codes = made
    extra = people[0] if people else None
    window = round.schedule.window(Kind.VOTING)
    text = codes_csv(
        codes,
        round_title=round.title,
        batch_label=batch.label,
        extra_header=extra.header if extra else (),
        extra_rows=extra.rows if extra else (),
    )
    # A spreadsheet takes the file for UTF-8 by its first mark.
    data = base64.b64encode(("\ufeff" + text).encode()).decode()
    return _page(
        request,
        "codes",
        _("Äänestyskoodit"),
        subtitle=batch,
        codes=codes,
        batch=batch,
        round=round,
        csv=f"data:text/csv;base64,{data}",
        slips=voting_slips(round, codes, extra.addresses if extra else ()) if len(codes) <= MAX_SLIPS else None,
        closes=closing_text(window.closes_at) if window else "",
        address=voting_address(round),
    )


def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the unused codes of a batch."""
    batch = get_object_or_404(CodeBatch.objects.select_related("round"), pk=pk)
    require(can_see_voting(request.user))
    if not (decision := can_revoke_batch(request.user, batch, timezone.now())):
        return _refused(request, batch.round, decision.reason)
    form = RevokeForm(request.POST or None)
    count = try_form(form, lambda data: revoke_batch(batch=batch, user=staff(request), now=timezone.now(), **data))
    if count is not None:
        messages.success(request, _("Erä on mitätöity. Käyttämättömiä koodeja poistui %(count)d.") % {"count": count})
        return redirect("budgeting_voting:rights", pk=batch.round_id)
    intro = _("Erän käyttämättömät koodit lakkaavat toimimasta heti. Annetut äänet pysyvät uurnassa.")
    title = _("Mitätöi koodierä")
    return _page(request, "form", title, subtitle=batch, form=form, intro=intro, submit=_("Mitätöi"))


def create_class_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a class; the answer to the post is the only time that the teacher's code is seen."""
    round = get_object_or_404(Round, pk=pk)
    require(can_see_voting(request.user))
    if not (decision := can_create_class(request.user, round, rules_in_force(round).means, timezone.now())):
        return _refused(request, round, decision.reason)
    form = ClassForm(request.POST or None)
    fields = ("school", "label", "size", "age_band")

    def make(data: dict[str, Any]) -> tuple[ClassList, str]:
        values = {name: data[name] for name in fields}
        return create_class(round=round, user=staff(request), now=timezone.now(), key=form.key, **values)

    made = try_form(form, make)
    if made is None:
        intro = _("Opettaja saa koodin, jolla hän avaa luokkansa äänestyksen. Oppilaiden nimiä ei tarvita.")
        title = _("Lisää luokka")
        return _page(request, "form", title, subtitle=round, form=form, intro=intro, submit=_("Tee koodi"))
    school_class, code = made
    url = request.build_absolute_uri(reverse("budgeting:vote_class", args=[round.slug]))
    return _page(request, "teacher_code", str(school_class), subtitle=round, code=code, url=url)


def desks(request: HttpRequest) -> HttpResponse:
    """The rounds in which a desk can help now."""
    require(request.user.has_perm("budgeting_blocks.assist_voting"))
    now = timezone.now()
    found = [
        (round, can_assist_voting(request.user, round, rules_in_force(round).means, now))
        for round in rounds_with_desk()
    ]
    return _page(request, "desks", _("Palvelupiste"), rounds=[round for round, decision in found if decision])


def desk(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the person at the desk a code; the answer is the only time that it is seen."""
    round = get_object_or_404(Round, pk=pk)
    require(request.user.has_perm("budgeting_blocks.assist_voting"))
    if not (decision := can_assist_voting(request.user, round, rules_in_force(round).means, timezone.now())):
        messages.error(request, decision.reason)
        return redirect("budgeting_voting:desks")
    form = DeskForm(request.POST or None)
    code = try_form(
        form,
        lambda data: give_desk_right(
            round=round,
            identifier=data["identifier"],
            kind=PersonKind(data["kind"]),
            birth=data["birth"],
            resident=data["resident"],
            user=staff(request),
            now=timezone.now(),
        ),
    )
    if code is None:
        intro = _(
            "Tarkista henkilöllisyys kuvallisesta asiakirjasta. Tunnuksesta jää vain tiiviste, eikä missään näy, kuka "
            "kävi ja milloin. Äänestäjä saa koodin ja äänestää itse, tai autat häntä hänen pyynnöstään."
        )
        title = _("Anna äänioikeus")
        return _page(
            request,
            "form",
            title,
            subtitle=round,
            form=form,
            intro=intro,
            submit=_("Anna koodi"),
            back_url=reverse("budgeting_voting:desks"),
        )
    [slip] = voting_slips(round, [code])
    back = reverse("budgeting_voting:desk", args=[pk])
    return _page(request, "desk_code", _("Äänestyskoodi"), subtitle=round, round=round, slip=slip, back_url=back)


def _page(
    request: HttpRequest, template: str, title: str, *, back_url: str = "", subtitle: object = "", **context: Any
) -> HttpResponse:
    path = f"budgeting_blocks/voting/admin/{template}.html"
    back = back_url or reverse("budgeting_voting:overview")
    return admin_page(request, path, title, back_url=back, subtitle=subtitle, icon="key", **context)


def _refused(request: HttpRequest, round: Round, reason: str) -> HttpResponse:
    messages.error(request, reason)
    return redirect("budgeting_voting:rights", pk=round.pk)
