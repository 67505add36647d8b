"""Casting a ballot.

Nothing about it is logged: a line with a time or an order beside a code's use would join a voter with a ballot.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgeting_blocks.domain.ballots import Fault, Problem, find_problem
from budgeting_blocks.models import Ballot, BallotChoice, Round, VoteReceipt, VotingRight
from budgeting_blocks.permissions.voting import can_cast_ballot
from budgeting_blocks.permissions.words import euros_text
from budgeting_blocks.selectors.voting import ballot_costs
from budgeting_blocks.services.boxes import hold_box
from budgeting_blocks.services.codes import hash_code
from budgeting_blocks.services.rights import is_expired
from cms.common.errors import ServiceError
from cms.common.textkeys import ALPHABET, normalise_code

RECEIPT_LENGTH = 16


class BallotRefused(ServiceError):
    """The ballot was not stored, and the code is as it was."""


class VotingClosed(BallotRefused):
    """It is not the round's voting time, by the server's clock."""


class WrongCode(BallotRefused):
    """No such unused code in this round: unknown, malformed and used ones alike."""


class KeyReused(BallotRefused):
    """This page view has already cast another ballot or used another code. Nothing changed."""


def cast_ballot(*, round: Round, code: str, proposals: Sequence[int], key: str, now: datetime | None = None) -> str:
    """Store a ballot with these proposals (ids) and use the code up, both or neither. Returns the receipt code.

    `key` is unguessable and belongs to one page view: the same key with the same code and choices gives the same receipt
    again, also after closing, so that a lost answer can be asked for again. `now`: leave it out, and the server's clock
    is read while the box is held open.
    """
    if len(key) < 16:
        raise ValueError("The key must be unguessable.")
    choices = list(proposals)
    secret_hash = hash_code(round, code)
    receipt = VoteReceipt(round=round, code=_receipt_code(round, key), proof=_proof(key, round, secret_hash, choices))
    if _is_sent_again(receipt):
        return receipt.code
    if is_expired(round, code, now or timezone.now()):
        return _refuse_code(receipt)
    _require_open(round, now or timezone.now())
    if problem := find_problem(choices, ballot_costs(round, choices), round.budget):
        raise BallotRefused(problem_text(problem), "proposals")
    # Guesses end here: a flood of them never takes the write lock.
    if not _unused(round, secret_hash).exists():
        return _refuse_code(receipt)
    try:
        with transaction.atomic():
            hold_box(round)
            _require_open(round, now or timezone.now())
            # The condition stands in the UPDATE itself: of any number of posts at once, one gets the row.
            if _unused(round, secret_hash).update(used=True) != 1:
                return _refuse_code(receipt)
            _store_ballot(round, choices)
            VoteReceipt.objects.bulk_create([receipt])
    except IntegrityError:
        # One page view sent twice at once with different codes: the receipt can be there only once.
        if not _is_sent_again(receipt):
            raise
    return receipt.code


def problem_text(problem: Problem) -> str:
    """What is wrong with a ballot, for the voter."""
    match problem.fault:
        case Fault.EMPTY:
            return _("Valitse ainakin yksi ehdotus.")
        case Fault.NOT_ON_BALLOT:
            return ngettext(
                "Valitsemasi ehdotus ei ole enää äänestyksessä. Tarkista valintasi.",
                "%(count)d valitsemaasi ehdotusta ei ole enää äänestyksessä. Tarkista valintasi.",
                len(problem.items),
            ) % {"count": len(problem.items)}
        case Fault.REPEATED:
            return _("Sama ehdotus oli valittuna kahdesti. Valitse kukin ehdotus vain kerran.")
        case Fault.OVERSPENT:
            return _("Valintasi maksavat %(over)s enemmän kuin rahaa on. Poista jokin valinta.") % {
                "over": euros_text(problem.over_by)
            }


def _store_ballot(round: Round, choices: list[int]) -> None:
    ballot = Ballot(round=round)
    Ballot.objects.bulk_create([ballot])
    secrets.SystemRandom().shuffle(choices)
    BallotChoice.objects.bulk_create([BallotChoice(ballot=ballot, proposal_id=choice) for choice in choices])


def _unused(round: Round, secret_hash: str) -> QuerySet[VotingRight]:
    return VotingRight.objects.filter(round=round, secret_hash=secret_hash, used=False)


def _require_open(round: Round, now: datetime) -> None:
    if not (decision := can_cast_ballot(None, round, now)):
        raise VotingClosed(decision.reason)


def _is_sent_again(receipt: VoteReceipt) -> bool:
    """Whether this very ballot is in the box already."""
    earlier = VoteReceipt.objects.filter(code=receipt.code).first()
    if earlier is None:
        return False
    if not hmac.compare_digest(earlier.proof, receipt.proof):
        raise KeyReused(_("Tältä sivulta on jo äänestetty. Tarkista valinnat ja koodi ja lähetä uudelleen."))
    return True


def _refuse_code(receipt: VoteReceipt) -> str:
    """The code is not to be had. If that is because the same post came in twice at once, give its receipt again."""
    if _is_sent_again(receipt):
        return receipt.code
    raise WrongCode(
        _("Koodi ei kelpaa. Tarkista, että kirjoitit sen oikein. Käytetyllä koodilla ei voi äänestää uudelleen."),
        "code",
    )


def _receipt_code(round: Round, key: str) -> str:
    digest = salted_hmac("budgeting_blocks.vote-receipt", f"{round.pk}:{key}", algorithm="sha256").digest()
    number, signs = int.from_bytes(digest, "big"), ""
    for _position in range(RECEIPT_LENGTH):
        number, place = divmod(number, len(ALPHABET))
        signs += ALPHABET[place]
    return normalise_code(signs)


def _proof(key: str, round: Round, secret_hash: str, choices: Sequence[int]) -> str:
    # Keyed with the voter's own key: without it, neither the database nor the server's secret tells what was chosen.
    content = f"{round.pk}|{secret_hash}|{','.join(map(str, sorted(choices)))}"
    return hmac.new(key.encode(), content.encode(), hashlib.sha256).hexdigest()
