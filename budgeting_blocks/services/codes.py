"""One-time voting codes: made in batches, shown once, kept only as keyed hashes."""

import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from budgeting_blocks.models import BallotBox, CodeBatch, Round, VotingRight
from budgeting_blocks.permissions.rights import can_revoke_batch
from budgeting_blocks.permissions.voting import can_create_codes
from budgeting_blocks.selectors.casting import box_salt
from cms.common import ratelimit
from cms.common.decision import Decision
from cms.common.errors import ServiceError
from cms.common.textkeys import code_from_bytes, normalise_code
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


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom one code of a batch is for: `area` by id. Nothing else about the person is kept."""

    person_hash: str
    area: int | None = None
    age_band: str = ""


def hash_code(round: Round, code: str) -> str:
    """The code as the database keeps it: an HMAC keyed with the installation's secret and the round's salt.

    Anything may be passed in; what is no code gets a hash that no code has, for the same work.
    """
    return _hash(box_salt(round), code)


def _hash(salt: str, code: str) -> str:
    return salted_hmac(f"budgeting_blocks.voting-code:{salt}", normalise_code(code), algorithm="sha256").hexdigest()


def draw_codes(round: Round, key: str, count: int, purpose: str = "batch") -> list[str]:
    """`count` different codes that come from `key` alone, sorted: the same key gives the same codes again.

    `key` must be unguessable and is stored nowhere, so that nobody can work the codes out of the database.
    """
    salt = BallotBox.objects.get_or_create(round=round)[0].salt
    codes: set[str] = set()
    number = 0
    while len(codes) < count:
        digest = salted_hmac(f"budgeting_blocks.draw:{salt}:{purpose}", f"{key}:{number}", algorithm="sha256").digest()
        codes.add(code_from_bytes(digest, CODE_LENGTH))
        number += 1
    return sorted(codes)


@transaction.atomic
def create_code_batch(
    *,
    round: Round,
    label: str,
    size: int,
    user: User | None,
    now: datetime,
    key: str = "",
    recipients: Sequence[Recipient] = (),
) -> tuple[CodeBatch, list[str]]:
    """Make `size` new codes. Returns the batch and the plain codes, which are stored nowhere.

    `key`: unguessable, of one page view; the same key with the same label and size gives the same batch and codes again, so
    that a double click hides nothing. `recipients`: whom the codes are for, as many as codes and in their order.
    """
    if not (decision := can_create_codes(user, round, now)):
        raise CodesRefused(decision.reason)
    if not 1 <= size <= MAX_BATCH_SIZE:
        raise CodesRefused(_("Koodeja voi tehdä kerralla 1–%(max)d.") % {"max": MAX_BATCH_SIZE}, "size")
    key = key or secrets.token_urlsafe(16)
    key_hash = salted_hmac("budgeting_blocks.batch-key", f"{round.pk}:{key}", algorithm="sha256").hexdigest()
    # The same post twice at once: the second waits, and finds the batch of the first.
    Round.objects.select_for_update().filter(pk=round.pk).first()
    codes = draw_codes(round, key, size)
    if earlier := CodeBatch.objects.filter(key_hash=key_hash, label=label, size=size, revoked_at=None).first():
        return earlier, codes
    batch = CodeBatch(round=round, label=label, size=size, created_at=now, created_by=user, key_hash=key_hash)
    batch.full_clean()
    batch.save()
    box, _created = BallotBox.objects.get_or_create(round=round)
    rows = [VotingRight(batch=batch, round=round, secret_hash=_hash(box.salt, code)) for code in codes]
    for row, recipient in zip(rows, recipients, strict=False):
        row.person_hash, row.area_id, row.age_band = recipient.person_hash, recipient.area, recipient.age_band
    # Rows in the order of the printed list would tell which is whose.
    secrets.SystemRandom().shuffle(rows)
    VotingRight.objects.bulk_create(rows, batch_size=1000)
    log(instance=batch, action="wagtail.create", user=user)
    return batch, codes


@transaction.atomic
def revoke_batch(*, batch: CodeBatch, reason: str, user: User | None, now: datetime) -> int:
    """Take back the batch's unused codes, say because letters got lost. Votes already cast stay. Returns how many."""
    batch = CodeBatch.objects.select_for_update().get(pk=batch.pk)
    if not (decision := can_revoke_batch(user, batch, now)):
        raise CodesRefused(decision.reason)
    batch.revoked_at, batch.revoked_reason = now, reason.strip()
    batch.full_clean()
    batch.save(update_fields=["revoked_at", "revoked_reason"])
    count: int = VotingRight.objects.filter(batch=batch, used=False).delete()[0]
    log(
        instance=batch,
        action="budgeting.revoke_codes",
        user=user,
        data={"reason": batch.revoked_reason, "count": count},
    )
    return count


def may_try_code(address: str) -> Decision:
    """Whether this address may try a code now. Right codes are never counted; see `note_wrong_code`."""
    # Nearly everybody: one look at the counter is enough.
    if first := ratelimit.peek("vote-code", address, WRONG_PER_ADDRESS_UNDER_ATTACK, WRONG_SECONDS):
        return first
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
