"""The city's assessment of proposals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from budgeting_blocks.choices import DECIDED_STATES, ScreeningState
from budgeting_blocks.domain.screening import Answer
from budgeting_blocks.models import Proposal, Screening
from budgeting_blocks.selectors.screening import authors_of
from budgeting_blocks.services.assessing import Assessed, Assessment, ScreeningError, assess, grounds_of
from budgeting_blocks.services.followers import tell_followers
from budgeting_blocks.services.letters import send_letter
from cms.users.models import User


class StaleScreening(ScreeningError):
    """Somebody else has changed the assessment meanwhile; `screening` is what they saved."""

    def __init__(self, screening: Screening) -> None:
        super().__init__(
            _(
                "Joku muu on muuttanut tätä arviointia sillä välin, joten muutoksiasi ei tallennettu. "
                "Avaa arviointi uudelleen ja tee muutoksesi siihen."
            )
        )
        self.screening = screening


@transaction.atomic
def record_screening(
    *,
    proposal: Proposal,
    state: str,
    cost: int | None,
    reasons: str,
    user: User | None,
    findings: Mapping[int, Answer | None] | None = None,
    version: int | None = None,
    now: datetime | None = None,
    **values: Any,
) -> Screening:
    """Set where a proposal stands. `cost` in whole euros, `upkeep` in euros a year.

    `values`, `findings`: as in `Assessment`. `version`: that of the assessment which the user saw. A proposal on its way to
    the ballot of a round with pots that was given none gets the pot of its area.

    Raises ScreeningError (not allowed; a field that the state demands is empty), StaleScreening, or ValidationError (by
    field). The change is logged; when the state becomes a decision, the authors are told by mail after the transaction.
    """
    now = now or timezone.now()
    screening = hold_screening(proposal, version)
    wanted = Assessment(state=state, cost=cost, reasons=reasons, findings=findings or {}, **values)
    ground = grounds_of([proposal.round], now)[proposal.round_id]
    store_assessed(screening, assess(screening, wanted, ground, user, now), user)
    return screening


def hold_screening(proposal: Proposal, version: int | None) -> Screening:
    """The proposal's assessment, locked until the transaction ends. Raises StaleScreening when it is not `version`."""
    screening = Screening.objects.select_for_update().filter(proposal=proposal).first() or Screening(proposal=proposal)
    screening.proposal = proposal
    proposal.screening = screening
    if version is not None and version != screening.version:
        raise StaleScreening(screening)
    return screening


def store_assessed(screening: Screening, assessed: Assessed, user: User | None) -> None:
    """Store an assessment that was changed in memory, log it, and tell of a decision."""
    screening.save()
    for finding in assessed.dropped:
        finding.delete()
    for finding in assessed.kept:
        finding.screening = screening
        finding.save()
    proposal, before = screening.proposal, assessed.before
    log(
        instance=proposal,
        action="budgeting.screen",
        user=user,
        data={
            "from": before.state.value,
            "to": screening.state,
            "cost": screening.cost,
            "version": screening.version,
        },
    )
    if before.state != screening.state and screening.state in DECIDED_STATES and proposal.live:
        label = ScreeningState(screening.state).label
        for contact in authors_of(proposal):
            send_letter(contact, "decided", proposal=proposal, state_label=label)
        tell_followers(proposal, "follower_decided", state_label=label)
