"""The city's assessment of proposals."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from budgeting_blocks.choices import DECIDED_STATES, ScreeningState
from budgeting_blocks.domain.screening import Finding, State, missing
from budgeting_blocks.models import Proposal, ProposalContact, Screening
from budgeting_blocks.permissions import can_screen_proposal
from budgeting_blocks.services.followers import tell_followers
from budgeting_blocks.services.letters import send_letter
from cms.common.errors import ServiceError
from cms.users.models import Unit, User

MISSING_MESSAGES = {
    "cost": "Anna kustannusarvio: äänestykseen etenevällä on oltava hinta.",
    "reasons": "Kirjoita perustelut: ne näkyvät kaikille.",
}


class ScreeningError(ServiceError):
    """An assessment was refused."""


@transaction.atomic
def record_screening(
    *,
    proposal: Proposal,
    state: str,
    cost: int | None,
    reasons: str,
    unit: Unit | None,
    user: User | None,
    now: datetime | None = None,
) -> Screening:
    """Set where a proposal stands. `cost` in whole euros.

    Raises ScreeningError (not allowed; a field that the state demands is empty) or ValidationError (by field). The change is
    logged; when the state becomes a decision, the author is told by mail after the transaction.
    """
    now = now or timezone.now()
    if state not in ScreeningState.values:
        raise ScreeningError(_("Valitse tila luettelosta."), "state")
    screening = Screening.objects.select_for_update().filter(proposal=proposal).first() or Screening(proposal=proposal)
    before, after = Finding(State(screening.state), screening.cost), Finding(State(state), cost)
    allowed = can_screen_proposal(user, proposal, before, after, now)
    if not allowed:
        raise ScreeningError(allowed.reason, "cost" if before.state == after.state else "state")
    for field in sorted(missing(state, cost=cost, reasons=reasons)):
        raise ScreeningError(_(MISSING_MESSAGES[field]), field)
    screening.state, screening.cost, screening.reasons, screening.unit = state, cost, reasons.strip(), unit
    screening.full_clean()
    screening.save()
    log(
        instance=proposal,
        action="budgeting.screen",
        user=user,
        data={"from": before.state.value, "to": state, "cost": cost},
    )
    if before.state != after.state and state in DECIDED_STATES:
        contact = ProposalContact.objects.filter(proposal=proposal).first()
        if contact is not None and proposal.live:
            send_letter(contact, "decided", proposal=proposal, state_label=ScreeningState(state).label)
        tell_followers(proposal, "follower_decided", state_label=ScreeningState(state).label)
    return screening
