"""Rules about putting proposals together."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from budgeting_blocks.models import ProposalContact, ProposalMerge, Round
from budgeting_blocks.permissions.screening import can_change_ballot
from budgeting_blocks.permissions.words import NOT_YOURS, closing_text
from cms.common.decision import Decision
from cms.users.models import User


def can_merge_proposals(user: User | AnonymousUser | None, round: Round) -> Decision:
    """Those with the permission may, until the rules are frozen."""
    if user is None or not user.has_perm("budgeting_blocks.add_proposalmerge"):
        return Decision.no(_(NOT_YOURS))
    return can_change_ballot(round)


def can_undo_merge(user: User | AnonymousUser | None, merge: ProposalMerge) -> Decision:
    """The same for taking proposals apart again."""
    if user is None or not user.has_perm("budgeting_blocks.delete_proposalmerge"):
        return Decision.no(_(NOT_YOURS))
    return can_change_ballot(merge.target.round)


def can_object_to_merge(contact: ProposalContact, merge: ProposalMerge, now: datetime) -> Decision:
    """The authors of both proposals may, each once, until the time that they were given is over."""
    if contact.proposal_id not in (merge.source_id, merge.target_id):
        return Decision.no(_(NOT_YOURS))
    if merge.objections.filter(proposal=contact.proposal_id).exists():
        return Decision.no(_("Olet jo vastustanut yhdistämistä."))
    if now >= merge.objection_until:
        return Decision.no(
            _("Yhdistämistä sai vastustaa %(moment)s asti.") % {"moment": closing_text(merge.objection_until)}
        )
    return Decision.yes()
