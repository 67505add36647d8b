"""What panels add to Wagtail's admin; `participation_pages.wagtail_hooks` imports this module, so that the hooks register."""

from collections.abc import Iterable, Iterator

from django.contrib import messages
from django.contrib.auth.models import Permission
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from cms.common.dashboard import WaitingItem, register_waiting
from participation_pages.panels.models import Panel, PanelApplication
from participation_pages.panels.permissions import StaffUser, can_reschedule, can_view_applications
from participation_pages.panels.selectors import has_applications, open_calls
from participation_pages.panels.views.admin import ChangeView, ScheduleView
from participation_pages.panels.viewsets import PanelApplicationAdmin, PanelGroup

register_snippet(PanelGroup)
modeladmin_register(PanelApplicationAdmin)

LOG_ACTIONS = {
    "panels.application.submit": (gettext_lazy("Hae raatiin"), gettext_lazy("Hakemus saapui")),
    "panels.application.withdraw": (gettext_lazy("Peru hakemus"), gettext_lazy("Hakija perui hakemuksen")),
    "panels.application.view_contact": (
        gettext_lazy("Katso yhteystiedot"),
        gettext_lazy("Hakijan yhteystietoja katsottiin"),
    ),
    "panels.application.export": (gettext_lazy("Vie hakemukset"), gettext_lazy("Hakemukset vietiin tiedostoon")),
    "panels.application.purge": (
        gettext_lazy("Poista hakemukset"),
        gettext_lazy("Vanhentuneet hakemukset poistettiin"),
    ),
    "panels.schedule.postponed": (gettext_lazy("Siirrä"), gettext_lazy("Haku tai istunto siirrettiin")),
    "panels.schedule.cancelled": (gettext_lazy("Peru"), gettext_lazy("Haku tai istunto peruttiin")),
}


@hooks.register("register_log_actions")
def register_panel_log_actions(actions: LogActionRegistry) -> None:
    for action, (label, message) in LOG_ACTIONS.items():
        actions.register_action(action, label, message)


@hooks.register("register_admin_urls")
def panel_admin_urls() -> list[URLPattern]:
    return [
        path("panels/<int:panel_pk>/schedule/", ScheduleView.as_view(), name="panel_schedule"),
        path("panels/<int:panel_pk>/schedule/call/", ChangeView.as_view(), name="panel_change_call"),
        path(
            "panels/<int:panel_pk>/schedule/sessions/<int:session_pk>/",
            ChangeView.as_view(),
            name="panel_change_session",
        ),
    ]


@hooks.register("register_permissions")
def panel_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="participation_pages",
        codename__in=["reschedule_panel", "view_panelapplication", "view_applicationcontact"],
    )


@hooks.register("before_delete_snippet")
def keep_panels_with_applications(request: HttpRequest, instances: Iterable[object]) -> HttpResponse | None:
    """One by one and in bulk: what people have applied to is not deleted, but unpublished."""
    kept = [panel for panel in instances if isinstance(panel, Panel) and has_applications(panel)]
    if not kept:
        return None
    names = ", ".join(panel.title for panel in kept)
    messages.error(
        request,
        _("Raatiin on haettu, joten sitä ei voi poistaa: %(names)s. Poista julkaisu sen sijaan.") % {"names": names},
    )
    return redirect("wagtailsnippets_participation_pages_panel:list")


@hooks.register("register_snippet_listing_buttons")
def panel_buttons(snippet: object, user: StaffUser, next_url: str | None = None) -> Iterator[Button]:
    if not isinstance(snippet, Panel):
        return
    if can_reschedule(user):
        url = reverse("panel_schedule", args=[snippet.pk])
        yield Button(_("Aikataulu"), url, icon_name="date", priority=15)
    if can_view_applications(user):
        yield Button(_("Hakemukset"), applications_url(snippet), icon_name="form", priority=16)


def applications_url(panel: Panel) -> str:
    """The register filtered to this panel's applications that take part in the draw."""
    return f"{PanelApplicationAdmin().url_helper.index_url}?panel__id__exact={panel.pk}&state=standing"


def panel_waiting(request: HttpRequest) -> Iterable[WaitingItem]:
    """Open calls with their applications so far, for those who may see them."""
    if not can_view_applications(request.user):
        return []
    panels = [facts.panel for facts in open_calls(timezone.now())]
    counts = dict(
        PanelApplication.objects.filter(panel__in=panels, withdrawn_at__isnull=True)
        .order_by()
        .values_list("panel")
        .annotate(count=Count("pk"))
    )
    label = _("Raadin haku auki: %(panel)s, hakemuksia")
    return [
        WaitingItem(label % {"panel": panel.title}, counts.get(panel.pk, 0), applications_url(panel))
        for panel in panels
    ]


register_waiting(panel_waiting)
