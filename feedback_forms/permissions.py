"""Who may do what with feedback: decisions with a reason, and the policies that Wagtail's admin asks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.permission_policies import ModelPermissionPolicy

from cms.common.decision import Decision
from feedback_forms.choices import CaseState
from feedback_forms.domain.cases import Action, State, next_state, owes_answer
from feedback_forms.models import Case
from feedback_forms.querysets import EVERY_UNIT

CHANGE_CASES = "feedback_forms.change_case"
VIEW_CONTACTS = "feedback_forms.view_casecontact"


def _is_own_unit(user: Any, case: Case) -> bool:
    return user.has_perm(EVERY_UNIT) or user.units.filter(pk=case.topic.unit_id).exists()


def can_handle_case(user: Any, case: Case) -> Decision:
    """Whether the user may act on this case at all. Erased cases are read-only tombstones."""
    if not user.is_active or not user.has_perm(CHANGE_CASES) or not _is_own_unit(user, case):
        return Decision.no(_("Palaute kuuluu toiselle yksikölle."))
    if case.is_erased:
        return Decision.no(_("Palautteen tiedot on poistettu säilytysajan päätyttyä."))
    return Decision.yes()


def can_act(user: Any, case: Case, action: Action) -> Decision:
    """Whether the user may do `action` to the case in the state it is in."""
    if not (handle := can_handle_case(user, case)):
        return handle
    if next_state(State(case.state), action) is None:
        return Decision.no(
            _("Tätä ei voi tehdä, kun palautteen tila on ”%(state)s”.") % {"state": CaseState(case.state).label}
        )
    if action is Action.CLOSE and owes_answer(wants_answer=case.wants_answer, is_answered=case.answered_at is not None):
        return Decision.no(_("Lähettäjä odottaa vastausta. Vastaa ennen kuin päätät käsittelyn."))
    return Decision.yes()


def can_see_contact(user: Any, case: Case) -> Decision:
    """Whether the user may look at how to reach the sender."""
    if not user.has_perm(VIEW_CONTACTS) or not _is_own_unit(user, case):
        return Decision.no(_("Et voi katsoa tämän palautteen yhteystietoja."))
    return Decision.yes()


def can_propose_publication(user: Any, case: Case) -> Decision:
    """Whether the user may make or edit the public copy: the sender said yes, and there is an answer to show."""
    if not (handle := can_handle_case(user, case)):
        return handle
    if not case.consent_to_publish:
        return Decision.no(_("Lähettäjä ei ole antanut lupaa julkaista palautetta."))
    if case.answered_at is None:
        return Decision.no(_("Palautteeseen on vastattava ennen julkaisemista."))
    return Decision.yes()


class CasePolicy(ModelPermissionPolicy):
    """Cases arrive by themselves and leave by retention; between, their unit's handlers see and change them."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in ("add", "delete") and super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Case) -> bool:
        return self.user_has_permission(user, action) and _is_own_unit(user, instance)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Case]:
        if not self.user_has_any_permission(user, actions):
            return Case.objects.none()
        return Case.objects.visible_to(user)


class PublicFeedbackPolicy(ModelPermissionPolicy):
    """Public copies are made from cases only, and are taken back by unpublishing, not by deleting."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in ("add", "delete") and super().user_has_permission(user, action)
