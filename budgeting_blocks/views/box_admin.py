"""The closed ballot box in the admin: sealing it, and what looks odd about it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages

from budgeting_blocks.forms.voting_admin import OverrideSealForm, SealForm
from budgeting_blocks.models import Round
from budgeting_blocks.permissions.voting import can_seal_box, can_see_patterns
from budgeting_blocks.selectors.patterns import odd_patterns
from budgeting_blocks.selectors.sealing import seal_hindrances
from budgeting_blocks.services.sealing import seal_round
from budgeting_blocks.views.admin_pages import staff, try_form
from budgeting_blocks.views.voting_admin import refused, voting_page


def seal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what hinders the seal, and seal the box: with a written reason where something does."""
    round = get_object_or_404(Round, pk=pk)
    user = staff(request, "budgeting_blocks.count_round")
    if not (decision := can_seal_box(user, round, timezone.now(), by_override=True)):
        return refused(request, decision.reason)
    hindrances = seal_hindrances(round)
    form = (OverrideSealForm if hindrances else SealForm)(request.POST if request.method == "POST" else None)
    if try_form(form, lambda data: seal_round(round=round, user=user, **data)) is not None:
        messages.success(request, _("Uurna on sinetöity."))
        return redirect("budgeting_voting:overview")
    intro = _(
        "Sinetöinti sekoittaa uurnan ja julkaisee tiivisteen, josta jokainen näkee, ettei lippuja ole muutettu. "
        "Sen jälkeen uurnaan ei voi lisätä eikä siitä voi poistaa mitään, ei myöskään kirjaamatta jäänyttä paperierää."
    )
    submit = _("Sinetöi silti") if hindrances else _("Sinetöi uurna")
    title = _("Sinetöi uurna")
    return voting_page(
        request, "form", title, subtitle=round, form=form, intro=intro, submit=submit, hindrances=hindrances
    )


def patterns(request: HttpRequest, pk: int) -> HttpResponse:
    """Counts by which many votes of one hand could show. Nothing is removed because of them."""
    round = get_object_or_404(Round, pk=pk)
    if not (decision := can_see_patterns(staff(request, "budgeting_blocks.count_round"), round, timezone.now())):
        return refused(request, decision.reason)
    return voting_page(
        request, "patterns", _("Äänestyksen poikkeamat"), subtitle=round, round=round, found=odd_patterns(round)
    )
