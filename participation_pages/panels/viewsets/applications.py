"""The register of applications: read, filtered and exported by those who run panels, and changed by nobody."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib.admin import SimpleListFilter
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView, InspectView

from cms.common.exports import csv_response, xlsx_response
from cms.users.models import User
from participation_pages.panels.choices import DECLINED_LABEL
from participation_pages.panels.exports import pool_table
from participation_pages.panels.models import Panel, PanelApplication
from participation_pages.panels.permissions import StaffUser, can_view_applications, can_view_contact
from participation_pages.panels.selectors import labels_in_order
from participation_pages.panels.services import open_contact, record_export

OFFERED_FILTERS = ("panel__id__exact", "state")


class ReadOnlyPermissions(PermissionHelper):
    """Look, never touch."""

    def user_can_list(self, user: StaffUser) -> bool:
        return bool(can_view_applications(user))

    def user_can_inspect_obj(self, user: StaffUser, obj: PanelApplication) -> bool:
        return bool(can_view_applications(user))

    def user_can_create(self, user: StaffUser) -> bool:
        return False

    def user_can_edit_obj(self, user: StaffUser, obj: PanelApplication) -> bool:
        return False

    def user_can_delete_obj(self, user: StaffUser, obj: PanelApplication) -> bool:
        return False


class StateFilter(SimpleListFilter):
    """Applications that take part in the draw, or those taken back."""

    title = _("tila")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("standing", _("Voimassa")), ("withdrawn", _("Peruttu"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[PanelApplication]) -> QuerySet[PanelApplication]:
        if self.value() in ("standing", "withdrawn"):
            return queryset.filter(withdrawn_at__isnull=self.value() == "standing")
        return queryset


class ApplicationIndexView(IndexView):
    """The list; `?export=csv` or `xlsx` gives the pool of the chosen filter, without those taken back."""

    def as_spreadsheet(self, queryset: QuerySet[PanelApplication], spreadsheet_format: str) -> HttpResponse:
        applications = list(queryset.filter(withdrawn_at__isnull=True).select_related("panel"))
        table = pool_table(applications)
        counts: dict[Panel, int] = {}
        for application in applications:
            counts[application.panel] = counts.get(application.panel, 0) + 1
        record_export(panels=counts, file_format=spreadsheet_format, user=cast(User, self.request.user))
        slugs = {panel.slug for panel in counts}
        name = f"hakijat-{slugify(slugs.pop())}" if len(slugs) == 1 else "hakijat"
        write: Callable[..., HttpResponse] = csv_response if spreadsheet_format == self.FORMAT_CSV else xlsx_response
        return write(name, table.header, table.rows)

    def get_filters_params(self, params: Any = None) -> dict[str, list[str]]:
        """Only the offered filters: any other lookup (`contact__email__startswith`) would be an unlogged look at contacts."""
        given = super().get_filters_params(params)
        return {name: values for name, values in given.items() if name in OFFERED_FILTERS}

    def get_base_queryset(self, request: HttpRequest | None = None) -> QuerySet[PanelApplication]:
        return super().get_base_queryset(request).select_related("panel")


@method_decorator(never_cache, name="dispatch")
class ApplicationInspectView(InspectView):
    """One application. The contact shows only after a separate press, and each press is logged."""

    def get_fields_dict(self) -> list[dict[str, Any]]:
        answers = [
            {"label": label, "value": DECLINED_LABEL if (value := self.instance.answers[label]) is None else value}
            for label in labels_in_order([self.instance])
        ]
        return super().get_fields_dict() + answers

    def get_field_label(self, field_name: str, field: Any = None) -> str:
        return capfirst(super().get_field_label(field_name, field))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_look = bool(can_view_contact(self.request.user)) and self.instance.withdrawn_at is None
        return super().get_context_data(may_view_contact=may_look, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        contact = open_contact(application=self.instance, user=cast(User, request.user))
        return self.render_to_response(self.get_context_data(contact=contact))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not can_view_contact(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class PanelApplicationAdmin(ModelAdmin):
    model = PanelApplication
    base_url_path = "panel-applications"
    menu_label = _("Hakemukset")
    menu_icon = "form"
    add_to_admin_menu = False
    permission_helper_class = ReadOnlyPermissions
    index_view_class = ApplicationIndexView
    inspect_view_class = ApplicationInspectView
    inspect_template_name = "participation_pages/panels/admin/application.html"
    inspect_view_enabled = True
    inspect_view_fields = ["pool_code", "panel", "submitted_at", "withdrawn_at", "confirmed_age"]
    history_view_enabled = False
    list_display = ("pool_code", "panel", "submitted_at", "withdrawn_at")
    list_filter = ("panel", StateFilter)
    list_export = ("pool_code",)  # only turns the export on: the columns come from `exports.pool_table`
    list_per_page = 50
    search_fields = ("pool_code",)
    ordering = ("-submitted_at",)
