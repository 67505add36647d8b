"""The acts that a case's history consists of: one word for the log, one sentence for staff, one for the sender."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, LogFormatter

from feedback_forms.domain.cases import Action


class CaseEvent(StrEnum):
    """The value is the log's action name."""

    RECEIVED = "feedback.received"
    STARTED = "feedback.started"
    MOVED = "feedback.moved"
    ANSWERED = "feedback.answered"
    CLOSED = "feedback.closed"
    REOPENED = "feedback.reopened"
    PROPOSED = "feedback.proposed"
    CONTACT_SEEN = "feedback.contact_seen"
    ERASED = "feedback.erased"


EVENT_OF_ACTION = {
    Action.START: CaseEvent.STARTED,
    Action.MOVE: CaseEvent.MOVED,
    Action.ANSWER: CaseEvent.ANSWERED,
    Action.CLOSE: CaseEvent.CLOSED,
    Action.REOPEN: CaseEvent.REOPENED,
}


@dataclass(frozen=True, slots=True)
class Wording:
    """`label` names the act in filters, `staff` tells it in the history, `sender` behind the follow-up code ("" hides it)."""

    label: Promise
    staff: Promise
    sender: Promise | str = ""


WORDINGS: dict[CaseEvent, Wording] = {
    CaseEvent.RECEIVED: Wording(_("Palaute saapui"), _("Palaute saapui"), _("Palaute saapui kaupungille")),
    CaseEvent.STARTED: Wording(_("Palaute käsittelyyn"), _("Otti käsittelyyn"), _("Palaute otettiin käsittelyyn")),
    CaseEvent.MOVED: Wording(
        _("Palautteen siirto"), _("Siirsi aiheeseen"), _("Palaute siirrettiin oikealle yksikölle")
    ),
    CaseEvent.ANSWERED: Wording(_("Palautteeseen vastaaminen"), _("Vastasi"), _("Palautteeseen vastattiin")),
    CaseEvent.CLOSED: Wording(_("Palautteen päättäminen"), _("Päätti käsittelyn"), _("Käsittely päättyi")),
    CaseEvent.REOPENED: Wording(_("Palautteen avaaminen"), _("Avasi uudelleen"), _("Palaute avattiin uudelleen")),
    CaseEvent.PROPOSED: Wording(_("Palautteen julkaisuehdotus"), _("Ehdotti julkaistavaksi")),
    CaseEvent.CONTACT_SEEN: Wording(_("Palautteen yhteystieto"), _("Katsoi lähettäjän yhteystietoja")),
    CaseEvent.ERASED: Wording(_("Palautteen tietojen poisto"), _("Henkilötiedot poistettiin säilytysajan päätyttyä")),
}
SENDER_EVENTS = [event.value for event, wording in WORDINGS.items() if wording.sender]


def register_actions(actions: LogActionRegistry) -> None:
    """Tell Wagtail's log about the acts; called from a hook."""
    for event, wording in WORDINGS.items():
        actions.register_action(event.value)(_formatter(wording))


def _formatter(wording: Wording) -> type[LogFormatter]:
    class CaseEventFormatter(LogFormatter):
        label = wording.label

        def format_message(self, log_entry: Any) -> str:
            data = log_entry.data or {}
            if "to_topic" in data:
                return f"{wording.staff}: {data['from_topic']} → {data['to_topic']}"
            return str(wording.staff)

    return CaseEventFormatter
