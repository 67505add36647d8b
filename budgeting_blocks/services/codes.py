"""One-time voting codes: made in batches, shown once, kept only as keyed hashes."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from budgeting_blocks.models import BallotBox, CodeBatch, Round, VotingRight
from budgeting_blocks.permissions.voting import can_create_codes
from cms.common import ratelimit
from cms.common.decision import Decision
from cms.common.errors import ServiceError
from cms.common.textkeys import normalise_code, random_code
from cms.users.models import User

logger = logging.getLogger(__name__)

CODE_LENGTH = 12
MAX_BATCH_SIZE = 20_000
KEPT_DAYS = 365

# Wrong codes only: people who vote in one library share an address.
WRONG_PER_ADDRESS = 30
WRONG_IN_ALL = 2_000
WRONG_PER_ADDRESS_UNDER_ATTACK = 3
WRONG_SECONDS = 600


class CodesRefused(ServiceError):
    """A batch of codes was not made."""


def hash_code(round: Round, code: str) -> str:
    """The code as the database keeps it: an HMAC keyed with the installation's secret and the round's salt.

    Anything may be passed in; what is no code gets a hash that no code has, for the same work.
    """
    salt = BallotBox.objects.filter(round=round).values_list("salt", flat=True).first() or ""
    return _hash(salt, code)


def _hash(salt: str, code: str) -> str:
    return salted_hmac(f"budgeting_blocks.voting-code:{salt}", normalise_code(code), algorithm="sha256").hexdigest()


@transaction.atomic
def create_code_batch(
    *, round: Round, label: str, size: int, user: User | None, now: datetime
) -> tuple[CodeBatch, list[str]]:
    """Make `size` new codes. Returns the batch and the plain codes, which cannot be had ever again."""
    if not (decision := can_create_codes(user, round, now)):
        raise CodesRefused(decision.reason)
    if not 1 <= size <= MAX_BATCH_SIZE:
        raise CodesRefused(_("Koodeja voi tehdä kerralla 1–%(max)d.") % {"max": MAX_BATCH_SIZE}, "size")
    batch = CodeBatch(round=round, label=label, size=size, created_at=now, created_by=user)
    batch.full_clean()
    batch.save()
    box, _created = BallotBox.objects.get_or_create(round=round)
    codes: set[str] = set()
    while len(codes) < size:
        codes.add(random_code(CODE_LENGTH))
    # A set's order is no order: the printed list tells nothing about the rows, whose ids are random as well.
    rows = [VotingRight(batch=batch, round=round, secret_hash=_hash(box.salt, code)) for code in codes]
    VotingRight.objects.bulk_create(rows, batch_size=1000)
    log(instance=batch, action="wagtail.create", user=user)
    return batch, sorted(codes)


def may_try_code(address: str) -> Decision:
    """Whether this address may try a code now. Right codes are never counted; see `note_wrong_code`."""
    in_all = ratelimit.peek("vote-code-all", "all", WRONG_IN_ALL, WRONG_SECONDS)
    limit = WRONG_PER_ADDRESS if in_all else WRONG_PER_ADDRESS_UNDER_ATTACK
    return ratelimit.peek("vote-code", address, limit, WRONG_SECONDS)


def note_wrong_code(address: str) -> None:
    """Count a wrong code. When many addresses guess at once, each of them gets fewer tries; others still vote."""
    ratelimit.check("vote-code", address, WRONG_PER_ADDRESS, WRONG_SECONDS)
    if not ratelimit.check("vote-code-all", "all", WRONG_IN_ALL, WRONG_SECONDS):
        logger.warning("Voting codes are being guessed: over %d wrong ones in ten minutes.", WRONG_IN_ALL)


def purge_codes(now: datetime) -> int:
    """Delete the code rows of rounds whose result came out over `KEPT_DAYS` ago. Returns how many."""
    expired = VotingRight.objects.filter(round__result__published_at__lt=now - timedelta(days=KEPT_DAYS))
    return expired.delete()[0]
