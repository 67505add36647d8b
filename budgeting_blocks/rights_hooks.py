"""Who may vote, in the admin: the desk's own menu item, permissions for groups, log words."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from cms.common.menus import PermittedMenuItem


@hooks.register("register_budgeting_menu_item")
def add_desk() -> MenuItem:
    return PermittedMenuItem(
        gettext_lazy("Palvelupiste"),
        reverse("budgeting_voting:desks"),
        name="desk",
        icon_name="user",
        order=85,
        may="budgeting_blocks.assist_voting",
    )


@hooks.register("register_permissions")
def offer_permissions() -> QuerySet[Permission]:
    """In the form of groups, so that a library's staff can be let to help at the desk and to nothing else."""
    return Permission.objects.filter(
        content_type__app_label="budgeting_blocks", codename__in=["assist_voting", "revoke_codebatch"]
    )


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        "budgeting.revoke_codes", gettext_lazy("Mitätöi koodierä"), gettext_lazy("Koodierä mitätöitiin")
    )
