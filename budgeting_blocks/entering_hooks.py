"""Entering proposals on behalf in the admin: addresses, and the menu item."""

from __future__ import annotations

from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from budgeting_blocks.views import entering
from cms.common.menus import PermittedMenuItem

ADDRESSES = [
    path("", entering.rounds_to_enter, name="rounds"),
    path("<int:pk>/", entering.enter, name="enter"),
    path("photos/<int:pk>.jpg", entering.photo, name="photo"),
]


@hooks.register("register_admin_urls")
def add_addresses() -> list[URLResolver]:
    return [path("budgeting/enter/", include((ADDRESSES, "budgeting_entering")))]


@hooks.register("register_budgeting_menu_item")
def add_entering() -> MenuItem:
    return PermittedMenuItem(
        gettext_lazy("Kirjaa ehdotus"),
        reverse_lazy("budgeting_entering:rounds"),
        name="enter",
        icon_name="edit",
        order=15,
        may="budgeting_blocks.add_proposal",
    )
