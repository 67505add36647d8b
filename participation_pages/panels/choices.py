"""The words for the states and faults of panels, beside the values that `domain` defines."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from participation_pages.panels.domain.answers import AnswerProblem
from participation_pages.panels.domain.schedule import CallState, ChangeProblem, SessionState
from participation_pages.panels.domain.schedule import ChangeKind as Kind


class ChangeKind(models.TextChoices):
    """What happened to a planned time."""

    POSTPONED = Kind.POSTPONED.value, _("Siirretty")
    CANCELLED = Kind.CANCELLED.value, _("Peruttu")


CALL_LABELS = {
    CallState.NONE: _("Ei hakua"),
    CallState.UPCOMING: _("Haku tulossa"),
    CallState.OPEN: _("Haku auki"),
    CallState.CLOSED: _("Haku päättynyt"),
    CallState.POSTPONED: _("Haku siirretty"),
    CallState.CANCELLED: _("Haku peruttu"),
}
SESSION_LABELS = {
    SessionState.PLANNED: _("Suunniteltu"),
    SessionState.POSTPONED: _("Siirretty"),
    SessionState.CANCELLED: _("Peruttu"),
    SessionState.HELD: _("Pidetty"),
}
# Tones of the design's badges.
CALL_TONES = {
    CallState.NONE: "neutral",
    CallState.UPCOMING: "info",
    CallState.OPEN: "success",
    CallState.CLOSED: "neutral",
    CallState.POSTPONED: "warning",
    CallState.CANCELLED: "danger",
}
SESSION_TONES = {
    SessionState.PLANNED: "info",
    SessionState.POSTPONED: "warning",
    SessionState.CANCELLED: "danger",
    SessionState.HELD: "neutral",
}

CHANGE_MESSAGES = {
    ChangeProblem.NO_PLAN: _("Aikaa ei ole vielä suunniteltu. Kirjoita se ensin raadin tietoihin."),
    ChangeProblem.ALREADY_CANCELLED: _("Tämä on jo peruttu."),
    ChangeProblem.TIME_MISSING: _("Peruttu palaa vain uudella ajalla. Kirjoita uusi alku ja loppu."),
    ChangeProblem.ENDS_BEFORE_START: _("Ajan on päätyttävä alkamisen jälkeen."),
    ChangeProblem.TIME_IS_OVER: _("Uusi aika on jo mennyt."),
}
ANSWER_MESSAGES = {
    AnswerProblem.MISSING: _("Valitse yksi vaihtoehto."),
    AnswerProblem.UNKNOWN_VALUE: _("Valitse yksi annetuista vaihtoehdoista."),
    AnswerProblem.UNKNOWN_FEATURE: _("Lomakkeessa on tieto, jota raati ei kysy. Avaa sivu uudelleen."),
}
DECLINED_LABEL = _("En halua sanoa")
