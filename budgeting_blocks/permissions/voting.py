"""Rules about voting, codes, ballots and results."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from budgeting_blocks.domain.phases import Act, Kind, Stage
from budgeting_blocks.models import PaperBatch, Round, RoundResult
from budgeting_blocks.permissions.box import BoxState, ask_box, box_state
from budgeting_blocks.permissions.words import NOT_YOURS, closing_text, moment_text
from cms.common.decision import Decision
from cms.common.sql import run_together
from cms.users.models import User


def can_cast_ballot(
    user: User | AnonymousUser | None, round: Round, now: datetime, *, state: BoxState | None = None
) -> Decision:
    """Anybody may who holds an unused right, while the published round's voting is open and its rules are frozen; `now` is
    the server's clock. A rehearsal votes as a published round does. `state`: what the caller read while holding the box.
    """
    if not round.live and round.rehearsal_of_id is None:
        return Decision.no(_("Kierrosta ei ole julkaistu."))
    state = state or box_state(run_together(*ask_box(round)))
    schedule = state.schedule
    if schedule.allows(Act.VOTE, now):
        # A count or a seal closes the box for good, also when somebody moves the closing time afterwards.
        if state.counted:
            return Decision.no(_("Äänet on jo laskettu."))
        if state.sealed:
            return Decision.no(_("Uurna on sinetöity."))
        if state.version is None:
            return Decision.no(_("Äänestys ei ole vielä auki, koska sen sääntöjä ei ole vahvistettu."))
        return Decision.yes()
    window = schedule.window(Kind.VOTING)
    if window is None:
        return Decision.no(_("Tällä kierroksella ei äänestetä."))
    if window.stage(now) is Stage.COMING:
        return Decision.no(_("Äänestys alkaa %(moment)s.") % {"moment": moment_text(window.opens_at)})
    return Decision.no(_("Äänestys päättyi %(moment)s.") % {"moment": closing_text(window.closes_at)})


def can_create_codes(user: User | AnonymousUser | None, round: Round, now: datetime) -> Decision:
    """Those with the permission may, until the voting closes."""
    if user is None or not user.has_perm("budgeting_blocks.add_codebatch"):
        return Decision.no(_(NOT_YOURS))
    stage = round.schedule.stage(Kind.VOTING, now)
    if stage is Stage.ABSENT:
        return Decision.no(_("Lisää kierrokselle ensin äänestyksen ajat."))
    if stage is Stage.CLOSED:
        return Decision.no(_("Äänestys on jo päättynyt."))
    return Decision.yes()


def can_seal_electronic_votes(round: Round, now: datetime) -> Decision:
    """The clock may after the voting has closed, until the whole box is sealed."""
    window = round.schedule.window(Kind.VOTING)
    if window is None:
        return Decision.no(_("Tällä kierroksella ei äänestetä."))
    if window.stage(now) is not Stage.CLOSED:
        return Decision.no(
            _("Uurnan voi sinetöidä vasta, kun äänestys on päättynyt %(moment)s.")
            % {"moment": closing_text(window.closes_at)}
        )
    if hasattr(round, "result"):
        return Decision.no(_("Äänet on jo laskettu."))
    if hasattr(round, "seal"):
        return Decision.no(_("Uurna on sinetöity."))
    return Decision.yes()


def can_seal_box(
    user: User | AnonymousUser | None, round: Round, now: datetime, *, by_override: bool = False
) -> Decision:
    """After the voting has closed, once. The clock itself may (`user` None); against the numbers only those who count."""
    if not (decision := can_seal_electronic_votes(round, now)):
        return decision
    if by_override and (user is None or not user.has_perm("budgeting_blocks.count_round")):
        return Decision.no(_(NOT_YOURS))
    if not by_override and PaperBatch.objects.filter(round=round, booked_on=None).exists():
        return Decision.no(_("Kaikkia paperieriä ei ole vielä kirjattu uurnaan."))
    return Decision.yes()


def can_count_round(user: User | AnonymousUser | None, round: Round, now: datetime) -> Decision:
    """Those with the permission may, once, after a voting by frozen rules has closed."""
    if user is None or not user.has_perm("budgeting_blocks.count_round"):
        return Decision.no(_(NOT_YOURS))
    window = round.schedule.window(Kind.VOTING)
    if window is None:
        return Decision.no(_("Tällä kierroksella ei äänestetä."))
    if window.stage(now) is not Stage.CLOSED:
        return Decision.no(
            _("Äänet voi laskea vasta, kun äänestys on päättynyt %(moment)s.")
            % {"moment": closing_text(window.closes_at)}
        )
    if RoundResult.objects.filter(round=round).exists():
        return Decision.no(_("Äänet on jo laskettu."))
    if not round.is_frozen():
        return Decision.no(_("Äänestystä ei avattu, koska sen sääntöjä ei vahvistettu. Siirrä äänestyksen aikoja."))
    return Decision.yes()


def can_publish_result(user: User | AnonymousUser | None, result: RoundResult) -> Decision:
    """Those with the permission may, once."""
    if user is None or not user.has_perm("budgeting_blocks.publish_result"):
        return Decision.no(_(NOT_YOURS))
    if result.published_at is not None:
        return Decision.no(_("Tulos on jo julkaistu."))
    return Decision.yes()


def can_see_patterns(user: User | AnonymousUser | None, round: Round, now: datetime) -> Decision:
    """Those who count the votes may, from the seal on: before it, a look twice would tell how the newest votes fell."""
    if user is None or not user.has_perm("budgeting_blocks.count_round"):
        return Decision.no(_(NOT_YOURS))
    if not hasattr(round, "seal"):
        return Decision.no(_("Poikkeamat voi katsoa, kun uurna on sinetöity."))
    return Decision.yes()


def can_see_count(user: User | AnonymousUser | None, result: RoundResult) -> Decision:
    """Before the confirmation: those alone who may enter it. Afterwards the result is everybody's, and this is closed."""
    return can_publish_result(user, result)


def can_import_round(user: User | AnonymousUser | None) -> Decision:
    """Those who make rounds and publish results."""
    if user is None or not user.has_perms(["budgeting_blocks.add_round", "budgeting_blocks.publish_result"]):
        return Decision.no(_(NOT_YOURS))
    return Decision.yes()


def can_see_voting(user: User | AnonymousUser | None) -> Decision:
    """Those who see the batches of codes, which the coordinator does."""
    if user is None or not user.has_perm("budgeting_blocks.view_codebatch"):
        return Decision.no(_(NOT_YOURS))
    return Decision.yes()
