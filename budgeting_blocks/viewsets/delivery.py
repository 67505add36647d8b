"""Projects in the admin: where each stands, and what residents are told of it."""

from __future__ import annotations

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from budgeting_blocks.choices import DeliveryStage
from budgeting_blocks.exports import qr_svg
from budgeting_blocks.forms.delivery import DeliveryForm
from budgeting_blocks.models import Delivery, Round
from budgeting_blocks.permissions.delivery import can_update_delivery
from budgeting_blocks.selectors.delivery import silent_deliveries
from budgeting_blocks.services.delivery import Progress, record_progress
from budgeting_blocks.viewsets.serviceedit import ServiceEditView
from cms.common.datehints import DAY
from cms.users.models import Unit


class DeliveryFilterSet(WagtailFilterSet):
    silent = django_filters.ChoiceFilter(
        label=_("Hiljaisuus"), choices=[("yes", _("Yli 60 päivää ilman uutta tietoa"))], method="filter_silent"
    )
    stage = django_filters.MultipleChoiceFilter(
        label=_("Vaihe"), choices=DeliveryStage.choices, widget=forms.CheckboxSelectMultiple
    )
    round = django_filters.ModelChoiceFilter(
        label=_("Kierros"),
        field_name="proposal__round",
        queryset=Round.objects.filter(rehearsal_of=None),
        empty_label=_("Kaikki"),
    )
    unit = django_filters.ModelChoiceFilter(
        label=_("Vastuuyksikkö"), queryset=Unit.objects.all(), empty_label=_("Kaikki")
    )

    class Meta:
        model = Delivery
        fields: list[str] = []

    def filter_silent(self, queryset: QuerySet[Delivery], _name: str, _value: str) -> QuerySet[Delivery]:
        return queryset.filter(pk__in=silent_deliveries(timezone.now()).values("pk"))


class DeliveryIndexView(generic.IndexView):
    def get_base_queryset(self):  # noqa: ANN201  (Wagtail's own signature)
        return super().get_base_queryset().select_related("proposal__round", "unit")


class DeliveryEditView(ServiceEditView):
    success_message = _("Hanke on tallennettu.")
    template_name = "budgeting_blocks/delivery/admin/edit.html"

    def save_instance(self) -> Delivery:
        data = self.form.cleaned_data
        names = ("stage", "percent", "unit", "money_used", "starts_on", "ends_on")
        return record_progress(
            delivery=Delivery.objects.get(pk=self.object.pk),
            progress=Progress(**{name: data[name] for name in names}),
            text=data["text"],
            photo=data["photo"],
            user=self.request.user,
        )


def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """A sheet for the building site: what is made here, with residents' money, and the way to the project's page."""
    delivery = get_object_or_404(Delivery.objects.select_related("proposal__round", "unit"), pk=pk)
    if not can_update_delivery(request.user, delivery):
        raise PermissionDenied
    url = request.build_absolute_uri(delivery.get_absolute_url())
    return render(
        request,
        "budgeting_blocks/delivery/admin/poster.html",
        {"delivery": delivery, "url": url, "qr": qr_svg(url)},
    )


class DeliveryViewSet(ModelViewSet):
    """Every winner has its row; nobody adds or deletes them."""

    model = Delivery
    name = "budgeting_delivery"
    url_prefix = "budgeting/deliveries"
    icon = "cogs"
    menu_label = _("Hankkeet")
    index_view_class = DeliveryIndexView
    edit_view_class = DeliveryEditView
    filterset_class = DeliveryFilterSet
    search_fields = ["proposal__title"]
    ordering = ["updated_at"]
    list_per_page = 50
    copy_view_enabled = False
    list_display = [
        TitleColumn("proposal", label=_("Hanke"), url_name="budgeting_delivery:edit"),
        Column("proposal.round", label=_("Kierros")),
        Column("get_stage_display", label=_("Vaihe"), sort_key="stage"),
        Column("percent", label=_("Valmiusaste, %"), sort_key="percent"),
        Column("unit", label=_("Vastuuyksikkö"), sort_key="unit"),
        DateColumn("updated_at", label=_("Kerrottu viimeksi"), sort_key="updated_at"),
    ]
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("stage"), FieldPanel("percent")]), FieldPanel("unit")], heading=_("Tilanne")
            ),
            FieldPanel("money_used"),
            FieldRowPanel([FieldPanel("starts_on", help_text=DAY), FieldPanel("ends_on", help_text=DAY)]),
            MultiFieldPanel([FieldPanel("text"), FieldPanel("photo")], heading=_("Kerro asukkaille")),
        ],
        base_form_class=DeliveryForm,
    )

    def get_common_view_kwargs(self, **kwargs: object) -> dict[str, object]:
        return super().get_common_view_kwargs(**kwargs) | {"add_url_name": None, "delete_url_name": None}

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = [pattern for pattern in super().get_urlpatterns() if pattern.name not in ("add", "delete", "copy")]
        return [*kept, path("poster/<int:pk>/", poster, name="poster")]
