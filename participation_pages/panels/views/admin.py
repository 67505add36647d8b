"""The schedule of one panel in the admin: what holds, what was changed, and the forms that change it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic.edit import FormMixin, ProcessFormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from participation_pages.panels.choices import ChangeKind
from participation_pages.panels.forms import ChangeForm
from participation_pages.panels.models import Panel, PanelSession
from participation_pages.panels.permissions import can_reschedule
from participation_pages.panels.selectors import panel_facts
from participation_pages.panels.services import (
    ScheduleError,
    cancel_call,
    cancel_session,
    postpone_call,
    postpone_session,
)


class _ForOrganisers:
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_reschedule(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    @cached_property
    def panel(self) -> Panel:
        return get_object_or_404(Panel, pk=self.kwargs["panel_pk"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the panels, this panel's schedule."""
        return [
            *WagtailAdminTemplateMixin.breadcrumbs_items,
            {"url": reverse("wagtailsnippets_participation_pages_panel:list"), "label": _("Raadit")},
            {
                "url": reverse("panel_schedule", args=[self.panel.pk]),
                "label": _("Aikataulu"),
                "sublabel": self.panel.title,
            },
        ]


class ScheduleView(_ForOrganisers, WagtailAdminTemplateMixin, View):
    """The call and the sessions with their states and every change so far."""

    template_name = "participation_pages/panels/admin/schedule.html"
    page_title = gettext_lazy("Aikataulu")
    header_icon = "date"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def get_page_subtitle(self) -> str:
        return self.panel.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            facts=panel_facts(self.panel, now=timezone.now()),
            changes=self.panel.changes.select_related("session", "made_by").order_by("-made_at", "-pk"),
            **kwargs,
        )


class ChangeView(_ForOrganisers, WagtailAdminTemplateMixin, FormMixin, ProcessFormView):
    """Postpones or cancels the call, or the session that the address names."""

    form_class = ChangeForm
    template_name = "participation_pages/panels/admin/change.html"
    page_title = gettext_lazy("Siirrä tai peru")
    header_icon = "date"

    def get_page_subtitle(self) -> str:
        return self.session.title if self.session else _("Haku")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_subtitle()}]

    @cached_property
    def session(self) -> PanelSession | None:
        pk = self.kwargs.get("session_pk")
        return get_object_or_404(PanelSession, pk=pk, panel=self.panel) if pk else None

    def get_initial(self) -> dict[str, Any]:
        return {"known_changes": self.panel.changes.count()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(panel=self.panel, **kwargs)

    def form_valid(self, form: ChangeForm) -> HttpResponse:
        try:
            self._enter(form)
        except ScheduleError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
            return self.form_invalid(form)
        messages.success(self.request, _("Muutos on tallennettu ja näkyy asukkaille."))
        return redirect(reverse("panel_schedule", args=[self.panel.pk]))

    def _enter(self, form: ChangeForm) -> None:
        known = form.cleaned_data["known_changes"]
        common = {
            "reason": form.cleaned_data["reason"],
            "user": self.request.user,
            "now": timezone.now(),
            "known_changes": known,
        }
        postponed = form.cleaned_data["kind"] == ChangeKind.POSTPONED
        if self.session is None and postponed:
            postpone_call(panel=self.panel, window=form.window(), **common)
        elif self.session is None:
            cancel_call(panel=self.panel, **common)
        elif postponed:
            postpone_session(session=self.session, window=form.window(), **common)
        else:
            cancel_session(session=self.session, **common)
