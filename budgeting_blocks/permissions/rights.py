"""Rules about who may give somebody the right to vote, and who may get one."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from budgeting_blocks.domain.phases import Kind, Stage
from budgeting_blocks.domain.rules import MeansKind
from budgeting_blocks.models import CodeBatch, Round
from budgeting_blocks.permissions.voting import can_cast_ballot, can_create_codes
from budgeting_blocks.permissions.words import NOT_YOURS
from cms.common.decision import Decision
from cms.users.models import User


def can_get_right(round: Round, means: MeansKind, offered: Collection[MeansKind], now: datetime) -> Decision:
    """Anybody may, by a means that the rules in force offer, while the voting is open."""
    if not (decision := can_cast_ballot(None, round, now)):
        return decision
    if means not in offered:
        return Decision.no(_("Tällä kierroksella ei käytetä tätä tunnistustapaa."))
    return Decision.yes()


def can_assist_voting(
    user: User | AnonymousUser | None, round: Round, offered: Collection[MeansKind], now: datetime
) -> Decision:
    """Staff of a desk may, while the voting is open."""
    if user is None or not user.has_perm("budgeting_blocks.assist_voting"):
        return Decision.no(_(NOT_YOURS))
    return can_get_right(round, MeansKind.DESK, offered, now)


def can_create_class(
    user: User | AnonymousUser | None, round: Round, offered: Collection[MeansKind], now: datetime
) -> Decision:
    """Those who make codes may, where the round lets classes vote."""
    if not (decision := can_create_codes(user, round, now)):
        return decision
    if MeansKind.CLASS not in offered:
        return Decision.no(_("Tällä kierroksella ei käytetä tätä tunnistustapaa."))
    return Decision.yes()


def can_revoke_batch(user: User | AnonymousUser | None, batch: CodeBatch, now: datetime) -> Decision:
    """Those who make codes may, until the voting closes."""
    if user is None or not user.has_perm("budgeting_blocks.revoke_codebatch"):
        return Decision.no(_(NOT_YOURS))
    if batch.revoked_at is not None:
        return Decision.no(_("Erä on jo mitätöity."))
    if batch.round.schedule.stage(Kind.VOTING, now) is Stage.CLOSED:
        return Decision.no(_("Äänestys on jo päättynyt."))
    return Decision.yes()
