"""Proposals: moderated, corrected and published here."""

from __future__ import annotations

import django_filters
from django import forms
from django.contrib.admin.utils import quote
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.snippets.views.snippets import SnippetViewSet, UnpublishView

from budgeting_blocks.choices import ScreeningState
from budgeting_blocks.models import Proposal, Round, Theme
from budgeting_blocks.permissions import can_withdraw_from_view
from budgeting_blocks.viewsets.panels import AuthorContactPanel, OriginPanel
from cms.common.choosers import GuardedChooserViewSet


class ProposalFilterSet(WagtailFilterSet):
    moderation = django_filters.ChoiceFilter(
        label=_("Moderointi"),
        choices=[("waiting", _("Odottaa moderointia"))],
        method="filter_moderation",
        empty_label=_("Kaikki"),
        widget=forms.RadioSelect,
    )
    live = django_filters.BooleanFilter(label=_("Julkaistu"))
    round = django_filters.ModelChoiceFilter(
        label=_("Kierros"), queryset=Round.objects.all(), empty_label=_("Kaikki"), widget=forms.RadioSelect
    )
    state = django_filters.ChoiceFilter(
        label=_("Tila"),
        choices=ScreeningState.choices,
        method="filter_state",
        empty_label=_("Kaikki"),
        widget=forms.RadioSelect,
    )
    theme = django_filters.ModelChoiceFilter(
        label=_("Teema"), queryset=Theme.objects.all(), empty_label=_("Kaikki"), widget=forms.RadioSelect
    )

    class Meta:
        model = Proposal
        fields: list[str] = []

    def filter_moderation(self, queryset: QuerySet[Proposal], _name: str, _value: str) -> QuerySet[Proposal]:
        return queryset.filter(pk__in=Proposal.objects.awaiting_moderation().values("pk"))

    def filter_state(self, queryset: QuerySet[Proposal], _name: str, value: str) -> QuerySet[Proposal]:
        return queryset.filter(pk__in=Proposal.objects.in_state(value).values("pk"))


class ProposalUnpublishView(UnpublishView):
    """Refuses, with the reason, while people vote on the proposal."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        decision = can_withdraw_from_view(self.object)
        if not decision:
            messages.error(request, decision.reason)
            return redirect(reverse(self.edit_url_name, args=[quote(self.object.pk)]))
        return super().dispatch(request, *args, **kwargs)


class ProposalViewSet(SnippetViewSet):
    model = Proposal
    icon = "form"
    menu_label = _("Ehdotukset")
    list_display = [
        "title",
        Column("round", label=_("Kierros"), sort_key="round"),
        Column("theme", label=_("Teema")),
        Column("assessment.get_state_display", label=_("Tila")),
        DateColumn("submitted_at", label=_("Lähetetty"), sort_key="submitted_at"),
        Column("publicity", label=_("Näkyvyys"), sort_key="live"),
    ]
    filterset_class = ProposalFilterSet
    search_fields = ["title", "summary", "description"]
    search_backend_name = None
    ordering = ["-submitted_at"]
    list_per_page = 50
    copy_view_enabled = False
    chooser_viewset_class = GuardedChooserViewSet
    unpublish_view_class = ProposalUnpublishView
    edit_handler = ObjectList(
        [
            FieldPanel("round"),
            FieldPanel("title"),
            FieldPanel("summary"),
            FieldPanel("description"),
            MultiFieldPanel(
                [
                    FieldPanel("theme"),
                    FieldPanel("area"),
                    FieldPanel("place"),
                    FieldPanel("latitude"),
                    FieldPanel("longitude"),
                ],
                heading=_("Aihe ja paikka"),
            ),
            OriginPanel(heading=_("Alkuperä, kriteerit ja kuva")),
            AuthorContactPanel(heading=_("Ehdottaja")),
        ]
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Proposal]:
        return Proposal.objects.with_details().select_related("round", "latest_revision")
