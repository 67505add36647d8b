"""The coordinator's list of proposals to assess."""

from __future__ import annotations

import django_filters
from django import forms
from django.http import HttpResponseBase
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from budgeting_blocks.choices import WAITING_STATES, ScreeningState
from budgeting_blocks.forms.screening import ScreeningForm
from budgeting_blocks.models import Round, Screening
from budgeting_blocks.services.screening import record_screening
from budgeting_blocks.viewsets.panels import ProposalTextPanel
from cms.common.errors import ServiceError
from cms.users.models import Unit


class ScreeningFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=_("Tila"), choices=ScreeningState.choices, widget=forms.CheckboxSelectMultiple
    )
    round = django_filters.ModelChoiceFilter(
        label=_("Kierros"),
        field_name="proposal__round",
        queryset=Round.objects.all(),
        empty_label=_("Kaikki"),
        widget=forms.RadioSelect,
    )
    unit = django_filters.ModelChoiceFilter(
        label=_("Vastuuyksikkö"), queryset=Unit.objects.all(), empty_label=_("Kaikki"), widget=forms.RadioSelect
    )

    class Meta:
        model = Screening
        fields: list[str] = []


class ScreeningIndexView(generic.IndexView):
    def get_base_queryset(self):  # noqa: ANN201  (Wagtail's own signature)
        return super().get_base_queryset().select_related("proposal__round", "proposal__theme", "unit")


class ScreeningEditView(generic.EditView):
    """Saves through the service, so that its rules, log and mail hold here as well."""

    success_message = _("Arviointi on tallennettu.")

    def save_instance(self) -> Screening:
        data = self.form.cleaned_data
        return record_screening(
            proposal=Screening.objects.select_related("proposal__round").get(pk=self.object.pk).proposal,
            state=data["state"],
            cost=data["cost"],
            reasons=data["reasons"],
            unit=data["unit"],
            user=self.request.user,
        )

    def form_valid(self, form: forms.ModelForm) -> HttpResponseBase:
        try:
            return super().form_valid(form)
        except ServiceError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)


class ScreeningViewSet(ModelViewSet):
    """Every proposal that has been published has its row; nobody adds or deletes them."""

    model = Screening
    name = "budgeting_screening"
    url_prefix = "budgeting/screening"
    icon = "clipboard-list"
    menu_label = _("Arviointi")
    index_view_class = ScreeningIndexView
    edit_view_class = ScreeningEditView
    filterset_class = ScreeningFilterSet
    search_fields = ["proposal__title"]
    ordering = ["proposal__submitted_at"]
    list_per_page = 50
    copy_view_enabled = False
    list_display = [
        TitleColumn("proposal", label=_("Ehdotus"), url_name="budgeting_screening:edit"),
        Column("proposal.round", label=_("Kierros")),
        Column("proposal.theme", label=_("Teema")),
        Column("get_state_display", label=_("Tila"), sort_key="state"),
        Column("cost", label=_("Kustannusarvio, €"), sort_key="cost"),
        Column("unit", label=_("Vastuuyksikkö"), sort_key="unit"),
    ]
    edit_handler = ObjectList(
        [
            ProposalTextPanel(heading=_("Ehdotus")),
            FieldPanel("state"),
            FieldPanel("cost"),
            FieldPanel("reasons"),
            FieldPanel("unit"),
        ],
        base_form_class=ScreeningForm,
    )

    def get_common_view_kwargs(self, **kwargs: object) -> dict[str, object]:
        return super().get_common_view_kwargs(**kwargs) | {"add_url_name": None, "delete_url_name": None}

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in ("add", "delete", "copy")]


def waiting_query() -> str:
    """The list's filter for what nobody has decided on."""
    return "&".join(f"state={state.value}" for state in WAITING_STATES)
