"""Rules about votes on paper."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from budgeting_blocks.domain.freezing import Frozen
from budgeting_blocks.domain.phases import Kind, Stage
from budgeting_blocks.domain.rules import MeansKind
from budgeting_blocks.models import PaperBatch, Round, RoundResult, RoundSeal
from budgeting_blocks.permissions.words import NOT_YOURS, closing_text
from cms.common.decision import Decision
from cms.users.models import User


def can_see_paper(user: User | AnonymousUser | None) -> Decision:
    """Those who enter votes or book them."""
    if user is not None and any(user.has_perm(f"budgeting_blocks.{name}") for name in ("enter_paper", "book_paper")):
        return Decision.yes()
    return Decision.no(_(NOT_YOURS))


def can_enter_paper(
    user: User | AnonymousUser | None, round: Round, frozen: Frozen, now: datetime, batch: PaperBatch | None = None
) -> Decision:
    """Those with the permission may, from the opening of the vote until its box is sealed: what came in time may be read
    after the closing. `frozen`: the rules in force. `batch`: an open one, or None for a new one.
    """
    if user is None or not user.has_perm("budgeting_blocks.enter_paper"):
        return Decision.no(_(NOT_YOURS))
    if batch is not None and batch.booked_on is not None:
        return Decision.no(_("Erä on jo kirjattu uurnaan."))
    if not (round.live or round.rehearsal_of_id):
        return Decision.no(_("Kierrosta ei ole julkaistu."))
    if not frozen.number:
        return Decision.no(_("Paperiääniä voi käsitellä vasta, kun säännöt on vahvistettu."))
    if MeansKind.PAPER not in frozen.means:
        return Decision.no(_("Tällä kierroksella ei äänestetä paperilla."))
    if round.schedule.stage(Kind.VOTING, now) not in (Stage.OPEN, Stage.CLOSED):
        return Decision.no(_("Äänestys ei ole vielä alkanut."))
    if any(model.objects.filter(round=round).exists() for model in (RoundSeal, RoundResult)):
        return Decision.no(_("Uurna on sinetöity."))
    return Decision.yes()


def can_book_paper(
    user: User | AnonymousUser | None, batch: PaperBatch, frozen: Frozen, now: datetime, blockers: list[str]
) -> Decision:
    """Those with the permission may, once, after the voting has closed and before its box is sealed, when the batch comes
    out even. `blockers`: what is left to do, in words.
    """
    if user is None or not user.has_perm("budgeting_blocks.book_paper"):
        return Decision.no(_(NOT_YOURS))
    if not (decision := can_enter_paper(user, batch.round, frozen, now, batch)):
        return decision
    window = batch.round.schedule.window(Kind.VOTING)
    if window is None or window.stage(now) is not Stage.CLOSED:
        moment = closing_text(window.closes_at) if window else ""
        return Decision.no(
            _("Erän voi kirjata uurnaan vasta, kun äänestys on päättynyt %(moment)s.") % {"moment": moment}
        )
    return Decision.no(" ".join(blockers)) if blockers else Decision.yes()
