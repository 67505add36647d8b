"""Closing a ballot box for good."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from budgeting_blocks.domain.sealing import seal_digest
from budgeting_blocks.models import Round, RoundSeal
from budgeting_blocks.permissions.voting import can_seal_box
from budgeting_blocks.selectors.boxes import box_balance, box_document
from budgeting_blocks.selectors.rules import rules_in_force
from budgeting_blocks.selectors.sealing import seal_hindrances
from budgeting_blocks.services.boxes import hold_box, shuffle_box
from cms.common import pagecache
from cms.common.errors import ServiceError
from cms.users.models import User


class SealRefused(ServiceError):
    """The box was not sealed."""


@transaction.atomic
def seal_round(
    *, round: Round, user: User | None = None, override_reason: str = "", now: datetime | None = None
) -> RoundSeal:
    """Shake the closed round's box, fold rare means together, and publish a digest over all ballots, receipts and rules.

    From then on no row of the box can be added, changed or removed. A box that has been sealed keeps its seal, which is
    given back. Refuses while `seal_hindrances` names any; a user who may count the votes can seal it
    all the same with `override_reason`, which is published with them. `user` None: the clock does it.
    """
    hold_box(round, alone=True)
    if seal := RoundSeal.objects.filter(round=round).first():
        return seal
    now = now or timezone.now()
    reason = override_reason.strip()
    if not (decision := can_seal_box(user, round, now, by_override=bool(reason))):
        raise SealRefused(decision.reason)
    balance = box_balance(round)
    hindrances = seal_hindrances(round, balance)
    if hindrances and not reason:
        raise SealRefused(" ".join(hindrances))
    shuffle_box(round, fold=True)
    document = box_document(round) | {"used_rights": balance.used}
    if document["rules_number"] == 0:
        # Nothing was frozen: what the seal speaks of stands in it.
        document["rules_document"] = rules_in_force(round).document()
    if hindrances:
        document["override"] = {"reason": reason, "difference": " ".join(hindrances)}
    seal = RoundSeal(
        round=round,
        sealed_at=now,
        ballots=document["ballots"],
        digest=seal_digest(document),
        rules_fingerprint=document["rules"],
        document=document,
    )
    seal.full_clean()
    seal.save(force_insert=True)
    log(instance=round, action="budgeting.seal_round", user=user, data={"digest": seal.digest, "override": reason})
    pagecache.invalidate()
    return seal
