"""Closed sets of values of key projects and their deliverables."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProjectStatus(models.TextChoices):
    """Where a key project stands."""

    PLANNED = "planned", _("Suunnitteilla")
    UNDER_WAY = "under_way", _("Käynnissä")
    PAUSED = "paused", _("Tauolla")
    DONE = "done", _("Päättynyt")


class DeliverableStatus(models.TextChoices):
    """Where a deliverable stands, in one word; the row's text tells the rest."""

    PLANNED = "planned", _("Suunnitteilla")
    UNDER_WAY = "under_way", _("Työn alla")
    TRIAL = "trial", _("Kokeilussa")
    POSTPONED = "postponed", _("Siirretty")
    IN_USE = "in_use", _("Käytössä")
    DONE = "done", _("Valmis")
    CANCELLED = "cancelled", _("Peruttu")


PROJECT_TONES: dict[str, str] = {
    ProjectStatus.PLANNED: "neutral",
    ProjectStatus.UNDER_WAY: "info",
    ProjectStatus.PAUSED: "warning",
    ProjectStatus.DONE: "success",
}

DELIVERABLE_TONES: dict[str, str] = {
    DeliverableStatus.PLANNED: "neutral",
    DeliverableStatus.UNDER_WAY: "info",
    DeliverableStatus.TRIAL: "info",
    DeliverableStatus.POSTPONED: "warning",
    DeliverableStatus.IN_USE: "success",
    DeliverableStatus.DONE: "success",
    DeliverableStatus.CANCELLED: "danger",
}
