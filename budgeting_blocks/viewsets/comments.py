"""Comments on proposals: moderated, hidden and kept here."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.contrib.admin.utils import quote
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, LiveStatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSet, UnpublishView

from budgeting_blocks.models import ProposalComment
from budgeting_blocks.services.comments import hide_comment, keep_comment
from budgeting_blocks.viewsets.panels import CommentReportsPanel
from cms.common.choosers import GuardedChooserViewSet
from cms.common.errors import ServiceError
from cms.users.models import User

WAITING, REPORTED = "waiting", "reported"


def _staff(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


class CommentFilterSet(WagtailFilterSet):
    moderation = django_filters.ChoiceFilter(
        label=_("Moderointi"),
        choices=[(WAITING, _("Odottaa moderointia")), (REPORTED, _("Joku on ilmoittanut"))],
        method="filter_moderation",
        empty_label=_("Kaikki"),
        widget=forms.RadioSelect,
    )
    live = django_filters.BooleanFilter(label=_("Julkaistu"))

    class Meta:
        model = ProposalComment
        fields: list[str] = []

    def filter_moderation(
        self, queryset: QuerySet[ProposalComment], _name: str, value: str
    ) -> QuerySet[ProposalComment]:
        comments = ProposalComment.objects
        found = comments.reported() if value == REPORTED else comments.awaiting_moderation()
        return queryset.filter(pk__in=found.values("pk"))


class CommentHideView(UnpublishView):
    """Unpublishing a comment asks for the reason, which then stands in its place; or lets it be after a report."""

    page_title = _("Piilota kommentti")
    template_name = "budgeting_blocks/admin/hide_comment.html"
    error = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reports = self.object.reports.filter(handled_at=None)
        note = self.request.POST.get("hidden_note", "")
        return super().get_context_data(**kwargs) | {
            "comment": self.object,
            "reports": reports,
            "note": note,
            "error": self.error,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if "keep" in request.POST:
                keep_comment(comment=self.object, user=_staff(request))
                message = gettext("Ilmoitukset on merkitty käsitellyiksi.")
            else:
                hide_comment(comment=self.object, note=request.POST.get("hidden_note", "")[:301], user=_staff(request))
                message = gettext("Kommentti on piilotettu.")
        except ServiceError as error:
            self.error = error.message
            return self.render_to_response(self.get_context_data(), status=422)
        except forms.ValidationError as error:
            self.error = " ".join(error.messages)
            return self.render_to_response(self.get_context_data(), status=422)
        messages.success(request, message)
        return redirect(reverse(self.edit_url_name, args=[quote(self.object.pk)]))


class CommentViewSet(SnippetViewSet):
    model = ProposalComment
    icon = "comment"
    menu_label = _("Kommentit")
    list_display = [
        "__str__",
        Column("proposal", label=_("Ehdotus")),
        Column("name", label=_("Nimi")),
        DateColumn("submitted_at", label=_("Lähetetty"), sort_key="submitted_at"),
        LiveStatusTagColumn(),
    ]
    filterset_class = CommentFilterSet
    search_fields = ["text", "name"]
    search_backend_name = None
    ordering = ["-submitted_at"]
    list_per_page = 50
    copy_view_enabled = False
    chooser_viewset_class = GuardedChooserViewSet
    unpublish_view_class = CommentHideView
    edit_handler = ObjectList([FieldPanel("text"), FieldPanel("name"), CommentReportsPanel(heading=_("Ilmoitukset"))])

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProposalComment]:
        return ProposalComment.objects.confirmed().select_related("proposal", "latest_revision")

    # Residents write comments, on the proposal's own page; nobody adds one here.
    def get_common_view_kwargs(self, **kwargs: object) -> dict[str, object]:
        return super().get_common_view_kwargs(**kwargs) | {"add_url_name": None}

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in ("add", "copy")]
