"""Rules about proposals."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import gettext as _

from budgeting_blocks.domain.phases import Act, Kind, Stage
from budgeting_blocks.models import BallotChoice, Proposal, ProposalMerge, ResultLine, Round
from budgeting_blocks.permissions.words import closing_text, moment_text
from cms.common.decision import Decision
from cms.users.models import User


def can_submit_proposal(user: User | AnonymousUser | None, round: Round, now: datetime) -> Decision:
    """Anybody may, without an account, while a published round collects proposals."""
    if not round.live and round.rehearsal_of_id is None:
        return Decision.no(_("Kierrosta ei ole julkaistu."))
    schedule = round.schedule
    if schedule.allows(Act.PROPOSE, now):
        return Decision.yes()
    window = schedule.window(Kind.PROPOSALS)
    stage = schedule.stage(Kind.PROPOSALS, now)
    if window is not None and stage is Stage.COMING:
        return Decision.no(_("Ehdotuksia voi tehdä %(moment)s alkaen.") % {"moment": moment_text(window.opens_at)})
    if window is not None and stage is Stage.CLOSED:
        return Decision.no(_("Ehdotusten teko päättyi %(moment)s.") % {"moment": closing_text(window.closes_at)})
    return Decision.no(_("Tällä kierroksella ei kerätä ehdotuksia."))


def can_moderate_proposals(user: User | AnonymousUser | None) -> Decision:
    """Those may who can both change and publish proposals."""
    if user is not None and user.has_perms(["budgeting_blocks.change_proposal", "budgeting_blocks.publish_proposal"]):
        return Decision.yes()
    return Decision.no(_("Sinulla ei ole oikeutta tähän."))


def can_withdraw_from_view(proposal: Proposal) -> Decision:
    """Whether a proposal may be unpublished or deleted at all: not while people vote on it. `proposal` is a saved one."""
    if proposal.is_on_open_ballot():
        return Decision.no(
            _("Ehdotus on äänestyksessä, joten sitä ei voi poistaa näkyvistä ennen kuin äänet on laskettu.")
        )
    return Decision.yes()


def can_delete_record(record: Proposal | Round) -> Decision:
    """Whether a proposal or a round may be deleted: not while anything of a vote or a result stands on it."""
    if isinstance(record, Proposal):
        if not (decision := can_withdraw_from_view(record)):
            return decision
        used = any(model.objects.filter(proposal=record).exists() for model in (BallotChoice, ResultLine))
        used = used or ProposalMerge.objects.filter(Q(source=record) | Q(target=record)).exists()
    else:
        used = record.proposals.exists() or record.code_batches.exists() or hasattr(record, "result")
    return Decision.no(_("Tätä ei voi poistaa, koska muut tiedot tarvitsevat sitä.")) if used else Decision.yes()
