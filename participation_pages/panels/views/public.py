"""Residents' way in and out of a panel's applications."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.cache import never_cache

from cms.common.decision import Decision
from cms.common.formpost import BlockFormView
from cms.common.http import client_ip
from cms.common.ratelimit import check, peek
from cms.common.receipts import read_receipt, redirect_with_receipt
from participation_pages.panels.forms import ApplicationForm, WithdrawForm
from participation_pages.panels.models import Panel
from participation_pages.panels.selectors import live_panel_or_404
from participation_pages.panels.services import ApplicationError, submit_application, withdraw_application

HOUR = 3600
# A library or a school may stand behind one address.
APPLICATIONS_PER_ADDRESS = 40
WRONG_CODES_PER_ADDRESS = 10
WRONG_CODES_IN_ALL = 300


def _allow(decision: Decision) -> None:
    if not decision:
        raise ApplicationError(decision.reason)


class ApplyView(BlockFormView):
    """Takes an application to one published panel; on its own page when the form did not stand in a block."""

    form_class = ApplicationForm
    standalone_template = "participation_pages/panels/apply.html"

    @cached_property
    def panel(self) -> Panel:
        return live_panel_or_404(self.kwargs["slug"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"panel": self.panel}

    def get_standalone_context(self) -> dict[str, Any]:
        return {"title": self.panel.title, "panel": self.panel}

    def form_valid(self, form: ApplicationForm) -> HttpResponseBase:  # type: ignore[override]
        _allow(check("panel-apply", client_ip(self.request), APPLICATIONS_PER_ADDRESS, HOUR))
        data = form.cleaned_data
        code = submit_application(
            panel_pk=self.panel.pk,
            answers=form.answers(),
            email=data["email"],
            phone=data["phone"],
            of_age=bool(data.get("of_age")),
            consent=data["consent"],
            form_key=self.submission_key,
            language=get_language() or "fi",
            now=timezone.now(),
        )
        payload = {"code": code, "panel": self.panel.slug, "mailed": bool(data["email"])}
        return redirect_with_receipt(self.request, reverse("panel_applied"), payload)


@method_decorator(never_cache, name="dispatch")
class AppliedView(View):
    """The receipt, for the one who has just applied."""

    def get(self, request: HttpRequest) -> HttpResponse | HttpResponseRedirect:
        receipt = read_receipt(request)
        if receipt is None:
            return redirect("panel_withdraw")
        panel = Panel.objects.filter(slug=receipt["panel"]).first()
        context = {"code": receipt["code"], "mailed": receipt["mailed"], "panel": panel}
        return render(request, "participation_pages/panels/applied.html", context)


class WithdrawView(BlockFormView):
    """Takes an application back with its code."""

    form_class = WithdrawForm
    page_title = _("Peru raatihakemus")
    standalone_template = "participation_pages/panels/withdraw.html"

    def form_valid(self, form: WithdrawForm) -> HttpResponseBase:  # type: ignore[override]
        # Guessing is what is limited, so only failures count.
        limits = (
            ("panel-withdraw", client_ip(self.request), WRONG_CODES_PER_ADDRESS),
            ("panel-withdraw", "all", WRONG_CODES_IN_ALL),
        )
        for scope, ident, limit in limits:
            _allow(peek(scope, ident, limit, HOUR))
        try:
            withdraw_application(code=form.cleaned_data["code"], now=timezone.now())
        except ApplicationError:
            for scope, ident, limit in limits:
                check(scope, ident, limit, HOUR)
            raise
        return HttpResponseRedirect(reverse("panel_withdrawn"), status=303)


class WithdrawnView(View):
    """Says that the application is gone; the same page for everybody."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "participation_pages/panels/withdrawn.html")
