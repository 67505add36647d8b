"""Closed sets of values with their words, and the groups that rules and lists speak of."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from budgeting_blocks.domain import screening
from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.domain.screening import State


class PhaseKind(models.TextChoices):
    """What a phase of a round lets people do."""

    PROPOSALS = Kind.PROPOSALS.value, _("Ehdotusvaihe")
    SCREENING = Kind.SCREENING.value, _("Arviointi")
    VOTING = Kind.VOTING.value, _("Äänestys")


class ScreeningState(models.TextChoices):
    """Where a published proposal stands; the words are those that residents know from Finnish rounds."""

    NOT_ASSESSED = State.NOT_ASSESSED.value, _("Ei vastattu")
    UNDER_ASSESSMENT = State.UNDER_ASSESSMENT.value, _("Arvioitavana")
    PROCEEDS = State.PROCEEDS.value, _("Etenee äänestykseen")
    REJECTED = State.REJECTED.value, _("Ei etene äänestykseen")
    WITHDRAWN = State.WITHDRAWN.value, _("Peruutettu")
    IMPLEMENTED = State.IMPLEMENTED.value, _("Etenee toteutukseen")


class ReportKind(models.TextChoices):
    """Why somebody thinks that a comment should not be public."""

    RUDE = "rude", _("Loukkaa tai uhkaa jotakuta")
    PERSONAL = "personal", _("Kertoo jonkun yksityisiä tietoja")
    ADVERT = "advert", _("On mainos tai roskaviesti")
    OTHER = "other", _("Muu syy")


# Proposals that stand or stood on the ballot: they have a cost and public reasons.
BALLOT_STATES = tuple(state for state in ScreeningState if state.value in screening.ON_BALLOT)
# The author is told of these.
DECIDED_STATES = tuple(state for state in ScreeningState if state.value in screening.DECIDED)
# Work of the coordinator.
WAITING_STATES = tuple(state for state in ScreeningState if state.value in screening.WAITING)

# The colour of a state's badge; the words carry the meaning.
STATE_TONES: dict[str, str] = {
    ScreeningState.NOT_ASSESSED: "neutral",
    ScreeningState.UNDER_ASSESSMENT: "info",
    ScreeningState.PROCEEDS: "success",
    ScreeningState.REJECTED: "danger",
    ScreeningState.WITHDRAWN: "warning",
    ScreeningState.IMPLEMENTED: "success",
}
