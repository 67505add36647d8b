"""Read-only registers of voting: seen and exported, never edited, by anybody."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.urls import URLPattern, re_path
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView, InspectView

from budgeting_blocks.models import Ballot, VotingRight
from budgeting_blocks.selectors.voting import published_ballots
from cms.common.exports import safe_cell


class ReadOnlyPermissions(PermissionHelper):
    """Reading by the `view` permission; anything else is for nobody, superusers included."""

    def user_can_list(self, user: AbstractBaseUser) -> bool:
        return self.user_has_specific_permission(user, self.get_perm_codename("view"))

    def user_can_inspect_obj(self, user: AbstractBaseUser, obj: Model) -> bool:
        return self.user_can_list(user)

    def user_can_create(self, user: AbstractBaseUser) -> bool:
        return False

    def user_can_edit_obj(self, user: AbstractBaseUser, obj: Model) -> bool:
        return False

    def user_can_delete_obj(self, user: AbstractBaseUser, obj: Model) -> bool:
        return False


class RegisterIndexView(IndexView):
    def get_filters_params(self, params: Any = None) -> dict[str, list[str]]:
        """Only the offered filters: any other lookup (`round__ballots__choices__proposal`) would tell votes too early."""
        offered = {f"{name}__{end}" for name in self.list_filter for end in ("exact", "id__exact")}
        return {name: values for name, values in super().get_filters_params(params).items() if name in offered}

    def to_row_dict(self, item: Model) -> OrderedDict[str, Any]:
        row = super().to_row_dict(item)
        return OrderedDict(
            (name, safe_cell(value) if isinstance(value, str | Model) else value) for name, value in row.items()
        )


class RegisterInspectView(InspectView):
    """Finds only what the list shows: Wagtail's own would open any row by its id."""

    def __init__(self, model_admin: ModelAdmin, instance_pk: str) -> None:
        super().__init__(model_admin, instance_pk)
        if not model_admin.get_queryset(None).filter(pk=self.instance.pk).exists():
            raise Http404

    def get_field_label(self, field_name: str, field: Any = None) -> str:
        method = getattr(self.model_admin, field_name, None)
        return str(method.short_description) if method else super().get_field_label(field_name, field)

    def get_field_display_value(self, field_name: str, field: Any = None) -> Any:
        method = getattr(self.model_admin, field_name, None)
        return method(self.instance) if method else super().get_field_display_value(field_name, field)


class Register(ModelAdmin):
    """A list and a look at one row. There are no addresses for adding, editing or deleting."""

    add_to_admin_menu = False
    inspect_view_enabled = True
    history_view_enabled = False
    permission_helper_class = ReadOnlyPermissions
    index_view_class = RegisterIndexView
    inspect_view_class = RegisterInspectView
    list_per_page = 50

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        views = {"index": self.index_view, "inspect": self.inspect_view}
        return tuple(
            re_path(self.url_helper.get_action_url_pattern(name), view, name=self.url_helper.get_action_url_name(name))
            for name, view in views.items()
        )

    def register_admin_url_finders(self) -> None:
        """None: a finder would look for the address of editing."""

    def register_indexing(self) -> None:
        """None: Wagtail's reference index would keep a row for each ballot, in the order of arrival."""


class VotingRightRegister(Register):
    """Which codes are used; neither the code nor its hash, nor when."""

    model = VotingRight
    base_url_path = "budgeting/codes"
    menu_label = _("Äänestyskoodit")
    menu_icon = "key"
    list_display = ("id", "batch", "round", "used")
    list_filter = ("used", "batch")
    list_export = ("id", "batch", "round", "used")
    list_select_related = ("batch", "round")
    inspect_view_fields = ["id", "batch", "round", "used"]
    ordering = ("id",)
    export_filename = "koodit"


class BallotRegister(Register):
    """The ballots of rounds whose result is out."""

    model = Ballot
    base_url_path = "budgeting/ballots"
    menu_label = _("Äänestysliput")
    menu_icon = "list-ul"
    list_display = ("id", "round", "choices_text")
    list_export = ("id", "round", "choices_text")
    list_filter = ("round",)
    list_select_related = ("round",)
    inspect_view_fields = ["id", "round", "choices_text"]
    ordering = ("id",)
    export_filename = "liput"

    def get_queryset(self, request: HttpRequest | None) -> QuerySet[Ballot]:
        return published_ballots().select_related("round").prefetch_related("choices__proposal").order_by("id")

    def choices_text(self, ballot: Ballot) -> str:
        return ", ".join(sorted(choice.proposal.title for choice in ballot.choices.all()))

    choices_text.short_description = _("Valinnat")  # type: ignore[attr-defined]
