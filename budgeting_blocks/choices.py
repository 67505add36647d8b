"""Closed sets of values, with the groups that rules and lists speak of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PhaseKind(models.TextChoices):
    """What a phase of a round lets people do."""

    PROPOSALS = "proposals", _("Ehdotusvaihe")
    SCREENING = "screening", _("Arviointi")
    VOTING = "voting", _("Äänestys")


class ScreeningState(models.TextChoices):
    """Where a published proposal stands; the words are those that residents know from Finnish rounds."""

    NOT_ASSESSED = "not_assessed", _("Ei vastattu")
    UNDER_ASSESSMENT = "under_assessment", _("Arvioitavana")
    PROCEEDS = "proceeds", _("Etenee äänestykseen")
    REJECTED = "rejected", _("Ei etene äänestykseen")
    WITHDRAWN = "withdrawn", _("Peruutettu")
    IMPLEMENTED = "implemented", _("Etenee toteutukseen")


# Proposals that stand or stood on the ballot: they have a cost and public reasons.
BALLOT_STATES = (ScreeningState.PROCEEDS, ScreeningState.IMPLEMENTED)
