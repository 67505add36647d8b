"""Panels and their sessions, for those who write and run them."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TitleFieldPanel
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.common.datehints import MOMENT
from participation_pages.panels.forms import PanelForm, PanelSessionForm
from participation_pages.panels.models import Panel, PanelSession
from participation_pages.panels.selectors import panel_facts, with_schedule
from participation_pages.panels.viewsets.applications import PanelApplicationAdmin


def _call_label(panel: Panel) -> str:
    return panel_facts(panel, now=timezone.now()).label if panel.live else "–"


class PanelViewSet(SnippetViewSet):
    """Drafts, previews and publishes panels."""

    model = Panel
    icon = "user"
    menu_label = _("Raadit")
    list_display = ["title", Column("call", label=_("Haku"), accessor=_call_label), LiveStatusTagColumn()]
    search_fields = ["title"]
    ordering = ["-pk"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            TitleFieldPanel("title", targets=["slug"]),
            FieldPanel("slug"),
            FieldPanel("purpose"),
            FieldRowPanel([FieldPanel("seats"), FieldPanel("minimum_age")]),
            FieldPanel("eligibility"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("call_opens_at", help_text=MOMENT), FieldPanel("call_closes_at")]),
                    FieldPanel("next_steps"),
                ],
                heading=_("Haku"),
            ),
            InlinePanel(
                "features",
                [
                    FieldPanel("label"),
                    FieldPanel("help_text"),
                    FieldPanel("may_decline"),
                    InlinePanel(
                        "values", [FieldPanel("label")], label=_("vaihtoehto"), heading=_("Vaihtoehdot"), min_num=2
                    ),
                ],
                label=_("taustatieto"),
                heading=_("Taustatiedot, jotka arvonta tarvitsee"),
            ),
        ],
        base_form_class=PanelForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Panel]:
        return with_schedule(Panel.objects.all())


class PanelSessionViewSet(ModelViewSet):
    """Plans sessions. Postponing and cancelling is done in the panel's schedule, with a reason."""

    model = PanelSession
    name = "panel_sessions"
    url_prefix = "panel-sessions"
    icon = "date"
    menu_label = _("Istunnot")
    list_display = ["title", "panel", "starts_at"]
    list_filter = ["panel"]
    search_fields = ["title"]
    search_backend_name = None
    ordering = ["-starts_at"]
    copy_view_enabled = False
    inspect_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("panel"),
            FieldPanel("title"),
            FieldRowPanel([FieldPanel("starts_at", help_text=MOMENT), FieldPanel("ends_at", help_text=MOMENT)]),
            FieldPanel("place"),
        ],
        base_form_class=PanelSessionForm,
    )


class PanelGroup(SnippetViewSetGroup):
    """Everything about panels in one menu; each item shows only to those who may use it."""

    menu_label = _("Kuntalaisraadit")
    menu_icon = "group"
    menu_order = 330
    items = (PanelViewSet, PanelSessionViewSet)

    def get_submenu_items(self, *args: Any, **kwargs: Any) -> list[MenuItem]:
        items = super().get_submenu_items(*args, **kwargs)
        return [*items, PanelApplicationAdmin().get_menu_item(order=len(items) + 1)]
