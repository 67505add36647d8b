"""Closed sets of values of forums, with their words and colours."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from participation_pages.forums.domain import EventFault, EventState


class EventStatus(models.TextChoices):
    """What an editor says of an event. Whether it has been held, the clock says."""

    PLANNED = EventState.PLANNED.value, _("Tulossa")
    POSTPONED = EventState.POSTPONED.value, _("Siirretty")
    CANCELLED = EventState.CANCELLED.value, _("Peruttu")


STATE_LABELS = {
    EventState.PLANNED: _("Tulossa"),
    EventState.POSTPONED: _("Siirretty"),
    EventState.CANCELLED: _("Peruttu"),
    EventState.ONGOING: _("Käynnissä nyt"),
    EventState.HELD: _("Pidetty"),
}

STATE_TONES = {
    EventState.PLANNED: "info",
    EventState.POSTPONED: "warning",
    EventState.CANCELLED: "danger",
    EventState.ONGOING: "success",
    EventState.HELD: "neutral",
}

FAULT_MESSAGES = {
    EventFault.NO_START: _("Kerro, milloin tapahtuma alkaa."),
    EventFault.NO_END: _("Kerro, milloin tapahtuma päättyy."),
    EventFault.ENDS_TOO_EARLY: _("Tapahtuman on päätyttävä alkamisen jälkeen."),
    EventFault.NO_OLD_DATE: _("Kerro, mistä ajasta tapahtuma siirrettiin."),
    EventFault.NOT_MOVED: _("Uusi aika on sama kuin alkuperäinen."),
    EventFault.NO_REASON: _("Kerro, miksi tapahtuma perutaan."),
}
