"""Rules about proposals."""

from datetime import date, datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from budgeting_blocks.domain.phases import Act, Kind, Stage
from budgeting_blocks.models import BallotChoice, Proposal, ProposalMerge, ResultLine, Round
from budgeting_blocks.permissions.words import NOT_YOURS, closing_text, moment_text
from cms.common.decision import Decision
from cms.users.models import User

# How long the author may mend a proposal that was sent back, also when proposing is over.
RESEND_DAYS = 7


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


def can_edit_own_proposal(proposal: Proposal, returned_at: datetime | None, now: datetime) -> Decision:
    """The author, known by the private link, may while proposals are collected. One that a moderator has sent back may be
    mended for some days more; `returned_at` is when that was, None when it does not wait for its author.
    """
    hidden = proposal.first_published_at is not None and not proposal.live
    # Not Wagtail's `get_lock`: that also keeps out everybody but the moderators while a proposal waits for them.
    if hidden or proposal.locked or proposal.is_on_open_ballot():
        return Decision.no(_("Ehdotusta ei voi enää muuttaa."))
    decision = can_submit_proposal(None, proposal.round, now)
    mending = returned_at is not None and now < returned_at + timedelta(days=RESEND_DAYS)
    if not decision and mending and proposal.round.live and not proposal.round.schedule.has_opened(Kind.VOTING, now):
        return Decision.yes()
    return decision


def can_enter_proposal(user: User | AnonymousUser | None, round: Round, now: datetime) -> Decision:
    """Those with the permission may, from the first day of proposing until screening ends, the rules are frozen or the vote
    opens: what came in time may be entered later (see `came_in_time`).
    """
    if user is None or not user.has_perm("budgeting_blocks.add_proposal"):
        return Decision.no(_(NOT_YOURS))
    if not round.live:
        return Decision.no(_("Kierrosta ei ole julkaistu."))
    schedule = round.schedule
    window = schedule.window(Kind.PROPOSALS)
    if window is None:
        return Decision.no(_("Tällä kierroksella ei kerätä ehdotuksia."))
    if now < window.opens_at:
        return Decision.no(_("Ehdotuksia voi tehdä %(moment)s alkaen.") % {"moment": moment_text(window.opens_at)})
    if schedule.allows(Act.PROPOSE, now):
        return Decision.yes()
    if schedule.has_opened(Kind.VOTING, now):
        return Decision.no(_("Äänestys on jo alkanut, joten uusia ehdotuksia ei voi enää kirjata."))
    if schedule.stage(Kind.SCREENING, now) is Stage.CLOSED:
        return Decision.no(_("Arviointi on päättynyt, joten uusia ehdotuksia ei voi enää kirjata."))
    # Whatever the dates say: what comes now could not get on the ballot any more.
    if round.is_frozen():
        return Decision.no(_("Säännöt ja äänestettävät ehdotukset on vahvistettu, joten uusia ei voi enää kirjata."))
    return Decision.yes()


def is_entered_late(round: Round, now: datetime) -> bool:
    """Whether who enters a proposal has to tell when it came: proposing is over."""
    return not round.schedule.allows(Act.PROPOSE, now)


def came_in_time(round: Round, received_on: date | None, now: datetime) -> Decision:
    """Whether a proposal that came on this day may still be entered when proposing is over."""
    window = round.schedule.window(Kind.PROPOSALS)
    if window is None or received_on is None:
        return Decision.no(_("Kirjaa päivä, jona ehdotus saapui."))
    # A phase that ends at midnight ends with the day before.
    first = timezone.localtime(window.opens_at).date()
    last = timezone.localtime(min(window.closes_at - timedelta(microseconds=1), now)).date()
    if not first <= received_on <= last:
        return Decision.no(
            _("Ehdotuksia sai tehdä %(moment)s asti. Myöhemmin saapunutta ei voi kirjata.")
            % {"moment": closing_text(window.closes_at)}
        )
    return Decision.yes()


def can_moderate_proposals(user: User | AnonymousUser | None) -> Decision:
    """Those may who can both change and publish proposals."""
    if user is not None and user.has_perms(["budgeting_blocks.change_proposal", "budgeting_blocks.publish_proposal"]):
        return Decision.yes()
    return Decision.no(_(NOT_YOURS))


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
