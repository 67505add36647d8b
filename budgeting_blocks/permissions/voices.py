"""Rules about supporting, commenting on and following proposals. Nobody needs an account for any of it."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from budgeting_blocks.choices import ScreeningState
from budgeting_blocks.domain.phases import Act, Kind
from budgeting_blocks.models import Proposal
from budgeting_blocks.permissions.words import NOT_YOURS
from cms.common.decision import Decision
from cms.users.models import User

SETTLED_STATES = (ScreeningState.REJECTED, ScreeningState.WITHDRAWN, ScreeningState.IMPLEMENTED)


def can_support_proposal(proposal: Proposal, now: datetime) -> Decision:
    """While proposals are collected or assessed: once only the vote is open, the vote is what counts."""
    if not (seen := _is_public(proposal)):
        return seen
    if proposal.assessment.state in SETTLED_STATES:
        return Decision.no(_("Ehdotuksen käsittely on päättynyt, joten sitä ei voi enää kannattaa."))
    schedule = proposal.round.schedule
    if schedule.has_opened(Kind.VOTING, now) and not schedule.allows(Act.PROPOSE, now):
        return Decision.no(_("Äänestys on alkanut, joten ehdotuksia ei voi enää kannattaa."))
    if schedule.is_over(now):
        return Decision.no(_("Kierros on päättynyt, joten ehdotuksia ei voi enää kannattaa."))
    return Decision.yes()


def can_comment_on_proposal(proposal: Proposal, now: datetime) -> Decision:
    """Until the last phase of the round closes."""
    if not (seen := _is_public(proposal)):
        return seen
    if proposal.round.schedule.is_over(now):
        return Decision.no(_("Kierros on päättynyt, joten uusia kommentteja ei oteta vastaan."))
    return Decision.yes()


def can_follow_proposal(proposal: Proposal, now: datetime) -> Decision:
    """Also after the round: what wins is built then."""
    if not (seen := _is_public(proposal)):
        return seen
    if proposal.assessment.state in (ScreeningState.REJECTED, ScreeningState.WITHDRAWN):
        return Decision.no(_("Ehdotus ei etene, joten siitä ei tule enää viestejä."))
    return Decision.yes()


def can_moderate_comments(user: User | AnonymousUser | None) -> Decision:
    """Those may who can both change and publish comments."""
    needed = ["budgeting_blocks.change_proposalcomment", "budgeting_blocks.publish_proposalcomment"]
    if user is not None and user.has_perms(needed):
        return Decision.yes()
    return Decision.no(_(NOT_YOURS))


def _is_public(proposal: Proposal) -> Decision:
    if proposal.live and proposal.round.live:
        return Decision.yes()
    return Decision.no(_("Ehdotus ei ole enää nähtävillä."))
