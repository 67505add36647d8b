"""Feedback in Wagtail's admin: the inbox of cases, the public copies, the topics."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import ModelAdminURLFinder
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.common.choosers import GuardedChooserViewSet
from feedback_forms.filters import CaseFilterSet
from feedback_forms.models import Case, PublicFeedback, Topic
from feedback_forms.views import staff, topics


class CaseViewSet(ModelViewSet):
    """The inbox and the case page. Cases are neither made, edited nor deleted here."""

    model = Case
    icon = "mail"
    menu_label = _("Saapuneet")
    menu_name = "feedback-cases"
    url_prefix = "palaute"
    index_view_class = staff.CaseIndexView
    filterset_class = CaseFilterSet
    search_fields = ["reference", "text", "place"]
    ordering = "due_at"
    list_display = [*staff.CASE_COLUMNS]
    exclude_form_fields: list[str] = []
    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = False

    def get_form_class(self, for_update: bool = False) -> Any:
        return None

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", staff.CaseView.as_view(), name="inspect"),
            path("<int:pk>/yhteystieto/", staff.ContactView.as_view(), name="contact"),
            path("<int:pk>/kuva/<int:photo_pk>/", staff.PhotoView.as_view(), name="photo"),
            path("<int:pk>/<slug:action>/", staff.CaseActionView.as_view(), name="act"),
        ]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        unused = dict.fromkeys(
            ("add_url_name", "edit_url_name", "delete_url_name", "history_url_name", "usage_url_name")
        )
        return super().get_common_view_kwargs(**{**unused, **kwargs})

    @property
    def url_finder_class(self) -> type[ModelAdminURLFinder]:
        return type("CaseURLFinder", (ModelAdminURLFinder,), {"edit_url_name": self.get_url_name("inspect")})


class PublicFeedbackViewSet(SnippetViewSet):
    """The public copies: reviewed, published and taken back like pages. They are made on the case page only."""

    model = PublicFeedback
    icon = "openquote"
    menu_label = _("Julkaistavat")
    menu_name = "feedback-public"
    admin_url_namespace = "feedback_public"
    base_url_path = "palaute-julkaistavat"
    list_display = ["title", "topic", "kind", "received_on"]
    list_filter = ["live", "has_unpublished_changes", "topic", "kind"]
    copy_view_enabled = False
    chooser_viewset_class = GuardedChooserViewSet

    def get_queryset(self, request: HttpRequest) -> Any:
        return PublicFeedback.objects.select_related("topic")


class TopicViewSet(ModelViewSet):
    """The topics and their units."""

    model = Topic
    icon = "tag"
    menu_label = _("Aiheet")
    menu_name = "feedback-topics"
    url_prefix = "palaute-aiheet"
    list_display = [
        "name",
        "unit",
        "place_rule",
        BooleanColumn("is_active", label=_("Käytössä"), sort_key="is_active"),
        "sort_order",
    ]
    list_filter = ["is_active", "unit"]
    search_fields = ["name", "description"]
    copy_view_enabled = False
    delete_view_class = topics.TopicDeleteView


class FeedbackGroup(SnippetViewSetGroup):
    menu_label = _("Asiakaspalaute")
    menu_icon = "comment"
    menu_order = 310
    items = (
        CaseViewSet("feedback_cases"),
        PublicFeedbackViewSet(),
        TopicViewSet("feedback_topics"),
    )
