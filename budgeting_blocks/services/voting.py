"""Casting a ballot.

Nothing about it is logged: a line with a time or an order beside a code's use would join a voter with a ballot.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from budgeting_blocks.domain.ballots import Choice, find_problem
from budgeting_blocks.domain.rules import USUAL_STRENGTH
from budgeting_blocks.models import Ballot, BallotChoice, Round, VoteReceipt, VotingRight
from budgeting_blocks.permissions.ballots import problem_text
from budgeting_blocks.permissions.box import BoxState, ask_box, box_state
from budgeting_blocks.permissions.voting import can_cast_ballot
from budgeting_blocks.selectors.casting import is_unused, use_right, used_right
from budgeting_blocks.selectors.rules import draft_rules, frozen_version
from budgeting_blocks.services.boxes import holding, in_turn
from budgeting_blocks.services.codes import hash_code
from budgeting_blocks.services.rights import has_voted, is_expired
from cms.common.errors import ServiceError
from cms.common.sql import insert_rows, run_together
from cms.common.textkeys import code_from_bytes

RECEIPT_LENGTH = 16


class BallotRefused(ServiceError):
    """The ballot was not stored, and the code is as it was."""


class VotingClosed(BallotRefused):
    """It is not the round's voting time, by the server's clock."""


class WrongCode(BallotRefused):
    """No such unused code in this round: unknown, malformed and used ones alike."""


class AlreadyVoted(BallotRefused):
    """The person has used another right of theirs in this round."""


class KeyReused(BallotRefused):
    """This page view has already cast another ballot or used another code. Nothing changed."""


def cast_ballot(
    *,
    round: Round,
    code: str,
    proposals: Sequence[int],
    key: str,
    points: Mapping[int, int] | None = None,
    now: datetime | None = None,
) -> str:
    """Store a ballot with these proposals (ids) and use the right up, both or neither. Returns the receipt code.

    `code` is the secret of the right, by whatever means it was had. `points`: what each proposal gets on a ballot of
    points. `key` is unguessable and belongs to one page view: the same key with the same code and choices gives the same
    receipt again, also after closing, so that a lost answer can be asked for again. `now`: leave it out, and the server's
    clock is read while the box is held open.
    """
    if len(key) < 16:
        raise ValueError("The key must be unguessable.")
    given = points or {}
    choices = [Choice(proposal, given.get(proposal, 1)) for proposal in proposals]
    secret_hash = hash_code(round, code)
    receipt = VoteReceipt(round=round, code=_receipt_code(round, key), proof=_proof(key, round, secret_hash, choices))
    # Guesses end here: a flood of them never waits for SQLite's one pen. On PostgreSQL they hold up nobody.
    unknown = connection.vendor == "sqlite" and not is_unused(round, secret_hash)
    if unknown or is_expired(round, code, now or timezone.now()):
        return _refuse_code(receipt, now)
    try:
        with in_turn(), transaction.atomic():
            if not _store(round, secret_hash, choices, receipt, now):
                return _refuse_code(receipt, now)
    except IntegrityError:
        # One page view sent again with another code or other choices: the receipt can be there only once. Or the person
        # used another right at that very moment: the register holds one used right of each.
        if not _is_sent_again(receipt):
            _require_not_voted(round, secret_hash)
            raise
    return receipt.code


def _store(round: Round, secret_hash: str, choices: list[Choice], receipt: VoteReceipt, now: datetime | None) -> bool:
    """Use the right up and put the ballot into the box, or raise; False when there is no such unused right.

    The right is used up in the trip that asks about the box; a refusal after it takes the whole transaction back.
    """
    *answers, right = run_together(*holding(round), *ask_box(round), use_right(round, secret_hash))
    if (means := used_right(right)) is None:
        return False
    # The clock and the rules are read while the box is held: a count or a correction waits until it is let go.
    state = box_state(answers[-3:])
    _require_open(round, now or timezone.now(), state)
    frozen = frozen_version(*state.version) if state.version else draft_rules(round)
    if problem := find_problem(choices, frozen):
        raise BallotRefused(problem_text(problem), "proposals")
    ballot = Ballot(round=round, means=means, strength=frozen.means.get(means, USUAL_STRENGTH[means]))
    secrets.SystemRandom().shuffle(choices)
    chosen = [BallotChoice(ballot=ballot, proposal_id=choice.item, points=choice.points) for choice in choices]
    run_together(insert_rows([ballot]), insert_rows(chosen), insert_rows([receipt]))
    return True


def _require_not_voted(round: Round, secret_hash: str) -> None:
    right = VotingRight.objects.filter(round=round, secret_hash=secret_hash).first()
    if right is not None and has_voted(round, right.person_hash):
        raise AlreadyVoted(_("Olet jo äänestänyt tällä kierroksella toisella tavalla. Ääniä on yksi."), "code")


def _require_open(round: Round, now: datetime, state: BoxState | None = None) -> None:
    if not (decision := can_cast_ballot(None, round, now, state=state)):
        raise VotingClosed(decision.reason)


def _is_sent_again(receipt: VoteReceipt) -> bool:
    """Whether this very ballot is in the box already."""
    earlier = VoteReceipt.objects.filter(code=receipt.code).first()
    if earlier is None:
        return False
    if not hmac.compare_digest(earlier.proof, receipt.proof):
        raise KeyReused(_("Tältä sivulta on jo äänestetty. Tarkista valinnat ja koodi ja lähetä uudelleen."))
    return True


def _refuse_code(receipt: VoteReceipt, now: datetime | None) -> str:
    """The code is not to be had. If that is because the same post came in before, give its receipt again."""
    if _is_sent_again(receipt):
        return receipt.code
    _require_open(receipt.round, now or timezone.now())
    raise WrongCode(
        _("Koodi ei kelpaa. Tarkista, että kirjoitit sen oikein. Käytetyllä koodilla ei voi äänestää uudelleen."),
        "code",
    )


def _receipt_code(round: Round, key: str) -> str:
    digest = salted_hmac("budgeting_blocks.vote-receipt", f"{round.pk}:{key}", algorithm="sha256").digest()
    return code_from_bytes(digest, RECEIPT_LENGTH)


def _proof(key: str, round: Round, secret_hash: str, choices: Sequence[Choice]) -> str:
    # Keyed with the voter's own key: without it, neither the database nor the server's secret tells what was chosen.
    content = f"{round.pk}|{secret_hash}|{','.join(f'{item}:{points}' for item, points in sorted(choices))}"
    return hmac.new(key.encode(), content.encode(), hashlib.sha256).hexdigest()
