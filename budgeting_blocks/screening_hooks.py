"""Assessments and merges in the admin: addresses, menu, actions on several, log words, and what awaits whom."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from budgeting_blocks.selectors.merging import open_objections
from budgeting_blocks.selectors.screening import late, visible_screenings, waiting
from budgeting_blocks.views import merging_admin, screening_admin
from budgeting_blocks.viewsets.bulk import AssignAction, MergeAction
from budgeting_blocks.viewsets.screening import waiting_query
from cms.common.dashboard import WaitingItem, register_waiting
from cms.common.menus import PermittedMenuItem

ASSESSING: list[URLPattern | URLResolver] = [
    path("<int:pk>/ask/", screening_admin.ask, name="ask"),
    path("<int:pk>/note/", screening_admin.note, name="note"),
    path("export/", screening_admin.export, name="export"),
    path("import/", screening_admin.upload, name="import"),
    path("import/<int:pk>/", screening_admin.preview, name="preview"),
    path("import/<int:pk>/confirm/", screening_admin.confirm, name="confirm"),
]
MERGING: list[URLPattern | URLResolver] = [
    path("", merging_admin.index, name="index"),
    path("alike/", merging_admin.sort_alike, name="alike"),
    path("<int:pk>/undo/", merging_admin.undo, name="undo"),
    path("objections/<int:pk>/", merging_admin.answer, name="answer"),
]

hooks.register("register_bulk_action", AssignAction)
hooks.register("register_bulk_action", MergeAction)


@hooks.register("register_admin_urls")
def add_addresses() -> list[URLResolver]:
    return [
        path("budgeting/assessing/", include((ASSESSING, "budgeting_assessing"))),
        path("budgeting/merging/", include((MERGING, "budgeting_merging"))),
    ]


@hooks.register("register_budgeting_menu_item")
def add_merging() -> MenuItem:
    return PermittedMenuItem(
        gettext_lazy("Yhdistetyt"),
        reverse("budgeting_merging:index"),
        name="merging",
        icon_name="link",
        order=25,
        may="budgeting_blocks.view_proposalmerge",
    )


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    words = {
        "assign_screening": (gettext_lazy("Jaa arvioitavaksi"), gettext_lazy("Ehdotus jaettiin arvioitavaksi")),
        "ask_author": (gettext_lazy("Kysy ehdottajalta"), gettext_lazy("Ehdottajalta kysyttiin")),
        "answer_question": (gettext_lazy("Vastaa kysymykseen"), gettext_lazy("Ehdottaja vastasi kysymykseen")),
        "merge": (gettext_lazy("Yhdistä ehdotukset"), gettext_lazy("Ehdotukset yhdistettiin")),
        "keep_apart": (gettext_lazy("Totea eri ehdotuksiksi"), gettext_lazy("Ehdotukset todettiin eri ehdotuksiksi")),
        "unmerge": (gettext_lazy("Pura yhdistäminen"), gettext_lazy("Ehdotusten yhdistäminen purettiin")),
        "object_to_merge": (gettext_lazy("Vastusta yhdistämistä"), gettext_lazy("Ehdottaja vastusti yhdistämistä")),
        "answer_objection": (gettext_lazy("Vastaa vastustukseen"), gettext_lazy("Vastustukseen vastattiin")),
    }
    for name, (label, message) in words.items():
        actions.register_action(f"budgeting.{name}", label, message)


def assessments_waiting(request: HttpRequest) -> list[WaitingItem]:
    """For assessors, what their units have to assess and what is late; for the coordinator, of all units, and objections."""
    items = []
    if request.user.has_perm("budgeting_blocks.change_screening"):
        url, own = reverse("budgeting_screening:index"), visible_screenings(request.user)
        items.append(WaitingItem(_("Ehdotuksia arvioitavana"), waiting(own).count(), f"{url}?{waiting_query()}"))
        items.append(WaitingItem(_("Arviointeja myöhässä"), late(own).count(), f"{url}?only=late"))
    if request.user.has_perm("budgeting_blocks.view_proposalmerge"):
        objections = WaitingItem(
            _("Vastustuksia yhdistämisille"), open_objections().count(), reverse("budgeting_merging:index")
        )
        items.append(objections)
    return items


register_waiting(assessments_waiting)
