"""The coordinator's pages about a round's rules: what is left to do, the rule sheet, freezing, correcting, rehearsing."""

from __future__ import annotations

from datetime import datetime

from django.contrib.admin.utils import quote
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from budgeting_blocks.domain.phases import Kind, Stage
from budgeting_blocks.domain.rules import TieRule
from budgeting_blocks.forms.rules import CorrectionForm, FreezeForm, RehearsalForm, RuleSheetForm
from budgeting_blocks.models import Round, RuleSheet, RuleVersion
from budgeting_blocks.permissions.rules import can_correct_rules, can_edit_rules, can_freeze_rules, can_rehearse
from budgeting_blocks.permissions.voting import can_see_voting
from budgeting_blocks.permissions.words import closing_text, moment_text
from budgeting_blocks.selectors.opening import opening_checklist, undone
from budgeting_blocks.selectors.rule_words import rule_lines
from budgeting_blocks.selectors.rules import rule_versions, rules_in_force
from budgeting_blocks.selectors.voting import rehearsal_lines
from budgeting_blocks.services.freezing import correct_rules, freeze_rules
from budgeting_blocks.services.rehearsal import RehearsalRefused, discard_rehearsal, rehearse_round
from budgeting_blocks.views.admin_pages import admin_page, require, staff, try_form
from budgeting_blocks.viewsets.screening import waiting_query

FORM = "budgeting_blocks/voting/admin/form.html"
EDIT = "budgeting_blocks/rules/admin/edit.html"


def index(request: HttpRequest) -> HttpResponse:
    """Every real round."""
    require(can_see_voting(request.user))
    rounds = Round.objects.filter(rehearsal_of=None).select_related("result").order_by("-pk")
    frozen = set(RuleVersion.objects.values_list("round", flat=True))
    return admin_page(
        request,
        "budgeting_blocks/rules/admin/index.html",
        _("Säännöt ja valmius"),
        back_url=reverse("budgeting_rules:index"),
        rounds=[(round, _state(round, round.pk in frozen)) for round in rounds],
        icon="list-ul",
    )


def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """One round: what is left to do before its vote can open, its rules, and its rehearsal."""
    round = _round(request, pk)
    now = timezone.now()
    checks = opening_checklist(round, now)
    rehearsal = Round.objects.filter(rehearsal_of=round).first()
    round_url = reverse(Round.snippet_viewset.get_url_name("edit"), args=[quote(round.pk)])
    places = _places_to_mend(round, round_url)
    return admin_page(
        request,
        "budgeting_blocks/rules/admin/overview.html",
        _("Säännöt ja valmius"),
        back_url=reverse("budgeting_rules:index"),
        subtitle=round,
        icon="list-ul",
        round=round,
        round_url=round_url,
        state=_frozen_state(round, now),
        checks=[(check, places.get(check.key, "")) for check in checks],
        lines=rule_lines(rules_in_force(round)),
        versions=rule_versions(round),
        rehearsal=rehearsal,
        rehearsed=rehearsal_lines(rehearsal) if rehearsal else [],
        edit=can_edit_rules(request.user, round),
        freeze=can_freeze_rules(request.user, round, undone(checks)),
        correct=can_correct_rules(request.user, round, now),
        rehearse=can_rehearse(request.user, round),
    )


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill in the rule sheet."""
    round = _round(request, pk)
    if not (decision := can_edit_rules(request.user, round)):
        return _refused(request, round, decision.reason)
    sheet = RuleSheet.objects.filter(round=round).prefetch_related("means").first() or RuleSheet(round=round)
    form = RuleSheetForm(request.POST or None, instance=sheet)
    if form.is_valid():
        form.save_sheet()
        messages.success(request, _("Säännöt on tallennettu."))
        return _to(round)
    return _form(request, round, _("Muokkaa sääntöjä"), form, _("Tallenna"), template=EDIT)


def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze the rules and the ballot's items."""
    round = _round(request, pk)
    if not (decision := can_freeze_rules(request.user, round, undone(opening_checklist(round, timezone.now())))):
        return _refused(request, round, decision.reason)
    needs_seed = RuleSheet.objects.filter(round=round, tie_rule=TieRule.LOT).exists()
    form = FreezeForm(request.POST if request.method == "POST" else None, needs_seed=needs_seed)
    if try_form(form, lambda data: freeze_rules(round=round, user=staff(request), **data)) is not None:
        messages.success(request, _("Säännöt ja äänestettävät ehdotukset on vahvistettu ja julkaistu."))
        return _to(round)
    intro = _(
        "Vahvistamisen jälkeen säännöt, raha ja äänestettävät ehdotukset eivät muutu muuten kuin julkaistulla "
        "korjauksella. Äänestys aukeaa, kun sen aika tulee."
    )
    return _form(request, round, _("Vahvista säännöt"), form, _("Vahvista"), intro)


def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish a correction of frozen rules."""
    round = _round(request, pk)
    if not (decision := can_correct_rules(request.user, round, timezone.now())):
        return _refused(request, round, decision.reason)
    form = CorrectionForm(request.POST or None, frozen=rules_in_force(round))

    def act(data: dict[str, str]) -> object:
        return correct_rules(round=round, user=staff(request), reason=data["reason"], correction=form.correction())

    if try_form(form, act) is not None:
        messages.success(request, _("Korjaus on julkaistu."))
        return _to(round)
    intro = _("Korjaus ja sen syy julkaistaan heti. Jo annetut äänet pysyvät voimassa.")
    return _form(request, round, _("Korjaa sääntöjä"), form, _("Julkaise korjaus"), intro)


def rehearse(request: HttpRequest, pk: int) -> HttpResponse:
    """Run a rehearsal."""
    round = _round(request, pk)
    if not (decision := can_rehearse(request.user, round)):
        return _refused(request, round, decision.reason)
    form = RehearsalForm(request.POST or None)
    done = try_form(form, lambda data: rehearse_round(round=round, user=staff(request), **data))
    if done is not None:
        text = _(
            "Harjoituksessa annettiin %(ballots)d ääntä %(seconds).1f sekunnissa. Kaksi kertaa äänestäminen estettiin "
            "%(refused)d kertaa."
        )
        counts = {"ballots": done.ballots, "seconds": done.seconds, "refused": done.refused}
        messages.success(request, text % counts)
        return _to(round)
    intro = _(
        "Keksityt asukkaat ehdottavat ja äänestävät kierroksen kopiossa kaikilla tunnistustavoilla, ja äänet lasketaan. "
        "Kukaan muu ei näe harjoitusta, eikä siitä lähde viestejä."
    )
    return _form(request, round, _("Harjoittele"), form, _("Aloita harjoitus"), intro)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the rehearsal of this round away."""
    round = _round(request, pk)
    try:
        for rehearsal in Round.objects.filter(rehearsal_of=round):
            discard_rehearsal(rehearsal=rehearsal, user=staff(request))
    except RehearsalRefused as error:
        return _refused(request, round, error.message)
    messages.success(request, _("Harjoitus on poistettu."))
    return _to(round)


def _state(round: Round, frozen: bool) -> str:
    """Where a round's rules stand, in a word for the list."""
    result = getattr(round, "result", None)
    if result is not None:
        return _("Tulos on julkaistu") if result.published_at else _("Äänet on laskettu")
    return _("Säännöt on vahvistettu") if frozen else _("Valmistellaan")


def _frozen_state(round: Round, now: datetime) -> str:
    """What happens next in a round whose rules are frozen."""
    window = round.schedule.window(Kind.VOTING)
    frozen = _("Säännöt on vahvistettu.")
    if window is None or hasattr(round, "result"):
        return frozen
    if window.stage(now) is Stage.COMING:
        return f"{frozen} {_('Äänestys alkaa %(moment)s.') % {'moment': moment_text(window.opens_at)}}"
    if window.stage(now) is Stage.OPEN:
        return f"{frozen} {_('Äänestys on auki %(moment)s asti.') % {'moment': closing_text(window.closes_at)}}"
    return f"{frozen} {_('Äänestys päättyi %(moment)s.') % {'moment': closing_text(window.closes_at)}}"


def _places_to_mend(round: Round, round_url: str) -> dict[str, str]:
    """The page on which what a check misses is put right."""
    sheet = reverse("budgeting_rules:edit", args=[round.pk])
    board = f"{reverse('budgeting_screening:index')}?round={round.pk}"
    return {
        "dates": round_url,
        "money": round_url,
        "sheet": sheet,
        "decision": sheet,
        "means": sheet,
        "screening": f"{board}&{waiting_query()}",
        "items": board,
        "merges": reverse("budgeting_merging:index"),
        "rehearsal": reverse("budgeting_rules:rehearse", args=[round.pk]),
    }


def _round(request: HttpRequest, pk: int) -> Round:
    require(can_see_voting(request.user))
    return get_object_or_404(Round, pk=pk, rehearsal_of=None)


def _to(round: Round) -> HttpResponse:
    return redirect("budgeting_rules:overview", round.pk)


def _refused(request: HttpRequest, round: Round, reason: str) -> HttpResponse:
    messages.error(request, reason)
    return _to(round)


def _form(
    request: HttpRequest, round: Round, title: str, form: object, submit: str, intro: str = "", template: str = FORM
) -> HttpResponse:
    url = reverse("budgeting_rules:overview", args=[round.pk])
    return admin_page(request, template, title, back_url=url, subtitle=round, form=form, intro=intro, submit=submit)
