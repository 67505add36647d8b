"""Rules and rehearsals in the admin: addresses, menu and log words."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from budgeting_blocks.permissions.voting import can_see_voting
from budgeting_blocks.views import rules_admin
from cms.common.menus import PermittedMenuItem

ADDRESSES: list[URLPattern | URLResolver] = [
    path("", rules_admin.index, name="index"),
    path("<int:pk>/", rules_admin.overview, name="overview"),
    path("<int:pk>/edit/", rules_admin.edit, name="edit"),
    path("<int:pk>/freeze/", rules_admin.freeze, name="freeze"),
    path("<int:pk>/correct/", rules_admin.correct, name="correct"),
    path("<int:pk>/rehearse/", rules_admin.rehearse, name="rehearse"),
    path("<int:pk>/discard/", rules_admin.discard, name="discard"),
]


@hooks.register("register_admin_urls")
def add_addresses() -> list[URLResolver]:
    return [path("budgeting/rules/", include((ADDRESSES, "budgeting_rules")))]


@hooks.register("register_budgeting_menu_item")
def add_rules() -> MenuItem:
    label = gettext_lazy("Säännöt ja valmius")
    return PermittedMenuItem(
        label, reverse("budgeting_rules:index"), name="rules", icon_name="list-ul", order=70, may=can_see_voting
    )


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        "budgeting.freeze_rules", gettext_lazy("Vahvista säännöt"), gettext_lazy("Säännöt vahvistettiin")
    )
    actions.register_action(
        "budgeting.correct_rules", gettext_lazy("Korjaa sääntöjä"), gettext_lazy("Sääntöjä korjattiin")
    )
    actions.register_action("budgeting.rehearse", gettext_lazy("Harjoittele"), gettext_lazy("Äänestystä harjoiteltiin"))
