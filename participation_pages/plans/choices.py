"""Closed sets of values of the participation plan."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanStatus(models.TextChoices):
    """Where a plan stands."""

    IN_PREPARATION = "in_preparation", _("Valmistelussa")
    IN_USE = "in_use", _("Käytössä")
    ENDED = "ended", _("Päättynyt")


STATUS_TONES: dict[str, str] = {
    PlanStatus.IN_PREPARATION: "info",
    PlanStatus.IN_USE: "success",
    PlanStatus.ENDED: "neutral",
}
