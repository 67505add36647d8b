"""Closing a ballot box for good."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from budgeting_blocks.domain.sealing import seal_digest
from budgeting_blocks.models import InterimSeal, Round, RoundSeal
from budgeting_blocks.models.voting import random_salt
from budgeting_blocks.permissions.voting import can_seal_box, can_seal_electronic_votes
from budgeting_blocks.selectors.boxes import box_balance, box_document, electronic_state
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
    # The digest of the electronic votes has done its work. Without its key nobody finds out which ballots came on paper.
    InterimSeal.objects.filter(round=round).update(secret="")
    log(instance=round, action="budgeting.seal_round", user=user, data={"digest": seal.digest, "override": reason})
    pagecache.invalidate()
    return seal


@transaction.atomic
def seal_electronic_votes(*, round: Round, now: datetime | None = None) -> InterimSeal:
    """Shake the closed round's box and publish a keyed digest over what came electronically, while paper is still entered.

    Paper comes into the box afterwards, and `seal_round` sees whether the rest is as it was. A round that has such a seal
    keeps it. Raises SealRefused while the voting is open or when the box is sealed.
    """
    hold_box(round, alone=True)
    if seal := InterimSeal.objects.filter(round=round).first():
        return seal
    now = now or timezone.now()
    if not (decision := can_seal_electronic_votes(round, now)):
        raise SealRefused(decision.reason)
    shuffle_box(round)
    secret = random_salt()
    ballots, receipts, digest = electronic_state(round, secret)
    seal = InterimSeal(round=round, sealed_at=now, ballots=ballots, receipts=receipts, digest=digest, secret=secret)
    seal.full_clean()
    seal.save(force_insert=True)
    log(instance=round, action="budgeting.seal_electronic_votes", user=None, data={"digest": digest})
    pagecache.invalidate()
    return seal
