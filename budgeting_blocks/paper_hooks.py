"""The paper desk in the admin: addresses, menu, permissions for groups, log words."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from budgeting_blocks.permissions.paper import can_see_paper
from budgeting_blocks.views import paper, paper_print
from cms.common.menus import PermittedMenuItem

ADDRESSES: list[URLPattern | URLResolver] = [
    path("", paper.index, name="index"),
    path("round/<int:pk>/create/", paper.create, name="create"),
    path("round/<int:pk>/ballot/<slug:style>/<str:order>/", paper_print.ballot, name="ballot"),
    path("<int:pk>/", paper.batch, name="batch"),
    path("<int:pk>/edit/", paper.edit, name="edit"),
    path("<int:pk>/envelopes/", paper.envelopes, name="envelopes"),
    path("<int:pk>/enter/", paper.enter, name="enter"),
    path("<int:pk>/book/", paper.book, name="book"),
    path("<int:pk>/report/", paper_print.report, name="report"),
    path("sheet/<int:pk>/", paper.decide, name="decide"),
]


@hooks.register("register_admin_urls")
def add_addresses() -> list[URLResolver]:
    return [path("budgeting/paper/", include((ADDRESSES, "budgeting_paper")))]


@hooks.register("register_budgeting_menu_item")
def add_paper() -> MenuItem:
    label = gettext_lazy("Paperiäänestys")
    return PermittedMenuItem(
        label, reverse("budgeting_paper:index"), name="paper", icon_name="doc-full", order=86, may=can_see_paper
    )


@hooks.register("register_permissions")
def offer_permissions() -> QuerySet[Permission]:
    """In the form of groups, so that a second reader can be let to read and to nothing else."""
    return Permission.objects.filter(
        content_type__app_label="budgeting_blocks", codename__in=["enter_paper", "book_paper"]
    )


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        "budgeting.book_paper", gettext_lazy("Kirjaa paperierä"), gettext_lazy("Paperierä kirjattiin uurnaan")
    )
