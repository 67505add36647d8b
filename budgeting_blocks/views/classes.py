"""A teacher votes with a class: slips to print, or one pupil after another on one device."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from budgeting_blocks.domain.rules import MeansKind
from budgeting_blocks.forms.rights import DraftForm, TeacherForm
from budgeting_blocks.held import DRAFT, RIGHT, TEACHER, held, hold, let_go
from budgeting_blocks.models import ClassList, Round
from budgeting_blocks.permissions.rights import can_get_right
from budgeting_blocks.selectors.rules import rules_in_force
from budgeting_blocks.services.classes import find_class, next_pupil_code, pupil_codes
from budgeting_blocks.services.codes import may_try_code, note_wrong_code
from budgeting_blocks.services.sheets import voting_slips
from budgeting_blocks.views.rights import MEANS, CodeRefused, RoundView, identified
from budgeting_blocks.views.shared import around, public_round
from cms.common.forms import PublicForm
from cms.common.http import client_ip, private, see_other


class ClassView(RoundView):
    """The teacher's own page; without a code it asks for one."""

    form_class = TeacherForm
    template = f"{MEANS}/teacher.html"
    page_title = gettext_lazy("Luokka äänestää")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        _code, school_class = _held_class(request, self.round)
        if school_class is None:
            return super().get(request, *args, **kwargs)
        left = school_class.batch.rights.filter(used=False).count()
        context = {
            "round": self.round,
            "class": school_class,
            "size": school_class.batch.size,
            "voted": school_class.batch.size - left,
            "left": left,
            "open": can_get_right(self.round, MeansKind.CLASS, rules_in_force(self.round).means, timezone.now()),
            "form": DraftForm(),
            "end_form": DraftForm(block_id="end"),
            "title": str(school_class),
        }
        return render(request, f"{MEANS}/class.html", context | around(self.round, str(school_class)))

    def form_valid(self, form: PublicForm) -> HttpResponseBase:
        address = client_ip(self.request)
        if not (decision := may_try_code(address)):
            self.status = 429
            raise CodeRefused(decision.reason, "code")
        code = form.cleaned_data["code"]
        if find_class(self.round, code) is None:
            note_wrong_code(address)
            raise CodeRefused(_("Koodi ei kelpaa. Tarkista, että kirjoitit sen oikein."), "code")
        response = see_other(reverse("budgeting:vote_class", args=[self.round.slug]))
        hold(self.request, response, self.round, TEACHER, code)
        return response


class NextPupilView(RoundView):
    """Gives this device a code of the class that nobody has used."""

    form_class = DraftForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return redirect("budgeting:vote_class", slug=self.round.slug)

    def form_valid(self, form: PublicForm) -> HttpResponseBase:
        code, school_class = _held_class(self.request, self.round)
        response: HttpResponseBase
        secret = next_pupil_code(school_class, code) if school_class else None
        if "end" in self.request.POST or secret is None:
            response = see_other(reverse("budgeting:vote_class", args=[self.round.slug]))
            let_go(response, self.round, RIGHT, DRAFT, *([TEACHER] if "end" in self.request.POST else []))
            return response
        response = identified(self.request, self.round, secret)
        let_go(response, self.round, DRAFT)
        return response

    def form_invalid(self, form: PublicForm) -> HttpResponseBase:
        return redirect("budgeting:vote_class", slug=self.round.slug)


@require_safe
def slips(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The class's codes as slips to cut out."""
    round = public_round(slug)
    code, school_class = _held_class(request, round)
    if school_class is None:
        return private(redirect("budgeting:vote_class", slug=slug))
    context = {
        "round": round,
        "title": str(school_class),
        "slips": voting_slips(round, pupil_codes(school_class, code)),
    }
    response: HttpResponse = render(request, "budgeting_blocks/voting/slips.html", context)
    return private(response)


def _held_class(request: HttpRequest, round: Round) -> tuple[str, ClassList | None]:
    code = held(request, round, TEACHER) or ""
    return code, find_class(round, code) if code else None
