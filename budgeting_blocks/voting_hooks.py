"""Voting in the admin: addresses, menu, registers, log words, and what awaits the coordinator."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail_modeladmin.menus import ModelAdminMenuItem

from budgeting_blocks.permissions.voting import can_see_voting
from budgeting_blocks.selectors.voting import results_to_publish, rounds_to_count
from budgeting_blocks.views import box_admin, count_admin, rights_admin, voting_admin
from budgeting_blocks.viewsets.registers import BallotRegister, VotingRightRegister
from cms.common.dashboard import WaitingItem, register_waiting
from cms.common.menus import PermittedMenuItem

CODES, BALLOTS = VotingRightRegister(), BallotRegister()
CODES.register_with_wagtail()
BALLOTS.register_with_wagtail()

ADDRESSES: list[URLPattern | URLResolver] = [
    path("", voting_admin.overview, name="overview"),
    path("<int:pk>/rights/", rights_admin.rights, name="rights"),
    path("<int:pk>/codes/", rights_admin.create_codes, name="codes"),
    path("<int:pk>/class/", rights_admin.create_class_list, name="class"),
    path("batch/<int:pk>/revoke/", rights_admin.revoke, name="revoke"),
    path("desk/", rights_admin.desks, name="desks"),
    path("<int:pk>/desk/", rights_admin.desk, name="desk"),
    path("<int:pk>/seal/", box_admin.seal, name="seal"),
    path("<int:pk>/patterns/", box_admin.patterns, name="patterns"),
    path("<int:pk>/count/", count_admin.count, name="count"),
    path("<int:pk>/review/", count_admin.review, name="review"),
    path("<int:pk>/publish/", count_admin.publish, name="publish"),
    path("import/", count_admin.import_file, name="import"),
]


@hooks.register("register_admin_urls")
def add_addresses() -> list[URLResolver]:
    return [path("budgeting/voting/", include((ADDRESSES, "budgeting_voting")))]


@hooks.register("register_budgeting_menu_item")
def add_voting() -> MenuItem:
    return PermittedMenuItem(
        gettext_lazy("Äänestykset"),
        reverse("budgeting_voting:overview"),
        name="voting",
        icon_name="check",
        order=80,
        may=can_see_voting,
    )


@hooks.register("register_budgeting_menu_item")
def add_codes() -> MenuItem:
    return ModelAdminMenuItem(CODES, 90)


@hooks.register("register_budgeting_menu_item")
def add_ballots() -> MenuItem:
    return ModelAdminMenuItem(BALLOTS, 91)


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("budgeting.count_round", gettext_lazy("Laske äänet"), gettext_lazy("Äänet laskettiin"))
    actions.register_action(
        "budgeting.seal_electronic_votes",
        gettext_lazy("Sinetöi sähköiset äänet"),
        gettext_lazy("Sähköiset äänet sinetöitiin"),
    )
    actions.register_action("budgeting.seal_round", gettext_lazy("Sinetöi uurna"), gettext_lazy("Uurna sinetöitiin"))
    actions.register_action("budgeting.import_round", gettext_lazy("Tuo kierros"), gettext_lazy("Kierros tuotiin"))
    actions.register_action(
        "budgeting.see_count", gettext_lazy("Katso laskentaa"), gettext_lazy("Laskentaa katsottiin ennen vahvistusta")
    )
    actions.register_action(
        "budgeting.publish_result", gettext_lazy("Julkaise tulos"), gettext_lazy("Äänestyksen tulos julkaistiin")
    )


def votes_waiting(request: HttpRequest) -> list[WaitingItem]:
    """For the coordinator: votes to count and results to publish."""
    items, url = [], reverse("budgeting_voting:overview")
    if request.user.has_perm("budgeting_blocks.count_round"):
        items.append(WaitingItem(_("Äänestyksiä laskettavana"), rounds_to_count(timezone.now()).count(), url))
    if request.user.has_perm("budgeting_blocks.publish_result"):
        items.append(WaitingItem(_("Tuloksia julkaistavana"), results_to_publish().count(), url))
    return items


register_waiting(votes_waiting)
