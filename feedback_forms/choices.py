"""Closed sets of values, with the groups that rules and lists speak of."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from feedback_forms.domain.cases import OPEN_STATES, State


class CaseKind(models.TextChoices):
    """What a piece of feedback is; the words are those of the city's own feedback channel."""

    THANKS = "thanks", _("Kiitos")
    COMPLAINT = "complaint", _("Moite")
    QUESTION = "question", _("Kysymys")
    SUGGESTION = "suggestion", _("Toimenpide-ehdotus")
    FAULT = "fault", _("Vikailmoitus")


class PlaceRule(models.TextChoices):
    """Whether a topic's feedback needs a place."""

    NONE = "none", _("Ei kysytä")
    OPTIONAL = "optional", _("Vapaaehtoinen")
    REQUIRED = "required", _("Pakollinen")


class CaseState(models.TextChoices):
    """The states of `domain.cases`, in words for residents and staff."""

    RECEIVED = State.RECEIVED.value, _("Vastaanotettu")
    IN_HANDLING = State.IN_HANDLING.value, _("Käsittelyssä")
    ANSWERED = State.ANSWERED.value, _("Vastattu")
    CLOSED = State.CLOSED.value, _("Päätetty")


class MessageKind(models.TextChoices):
    """What was sent about a case."""

    ANSWER = "answer", _("Vastaus")


OPEN_CASE_STATES = tuple(CaseState(state.value) for state in OPEN_STATES)

STATE_TONES = {
    CaseState.RECEIVED: "info",
    CaseState.IN_HANDLING: "warning",
    CaseState.ANSWERED: "success",
    CaseState.CLOSED: "neutral",
}
