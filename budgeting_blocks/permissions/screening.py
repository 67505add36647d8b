"""Rules about the city's assessment of proposals."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.domain.screening import Finding, changes_ballot
from budgeting_blocks.models import Proposal, RuleVersion
from budgeting_blocks.permissions.words import moment_text
from cms.common.decision import Decision
from cms.users.models import User


def can_screen_proposal(
    user: User | AnonymousUser | None, proposal: Proposal, before: Finding, after: Finding, now: datetime
) -> Decision:
    """Those with the permission may. Once the vote has opened, nothing may change that the ballot depends on: what is
    on it, and what it costs. The rest (an answer to a proposal that is not on the ballot, better reasons) may.
    """
    if user is None or not user.has_perm("budgeting_blocks.change_screening"):
        return Decision.no(_("Sinulla ei ole oikeutta tähän."))
    if proposal.first_published_at is None:
        return Decision.no(_("Ehdotus odottaa vielä moderointia. Arvioi se vasta, kun se on julkaistu."))
    window = proposal.round.schedule.window(Kind.VOTING)
    if window is not None and now >= window.opens_at and changes_ballot(before, after):
        return Decision.no(
            _("Äänestys alkoi %(moment)s. Äänestettävät ehdotukset ja niiden hinnat eivät voi enää muuttua.")
            % {"moment": moment_text(window.opens_at)}
        )
    if changes_ballot(before, after) and RuleVersion.objects.filter(round=proposal.round_id).exists():
        return Decision.no(
            _("Säännöt ja äänestettävät ehdotukset on vahvistettu. Niitä voi muuttaa vain julkaistulla korjauksella.")
        )
    return Decision.yes()
