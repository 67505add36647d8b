"""Support for proposals and following them, both confirmed by mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from budgeting_blocks.models import Proposal, ProposalComment, ProposalFollow, ProposalSupport
from budgeting_blocks.models.voices import random_key
from budgeting_blocks.permissions import can_follow_proposal, can_support_proposal
from cms.common import ratelimit
from cms.common.errors import ServiceError
from cms.common.mailconfirm import HOUR, LINK_HOURS, make_token, may_mail, person_hash, read_token, send_confirmation

# How long one person's support can be told from another's. Then only the number remains.
SUPPORT_HASH_DAYS = 730
FOLLOW_DAYS = 1095
UNCONFIRMED_DAYS = LINK_HOURS // 24

_PERSONAL: dict[str, type[ProposalSupport | ProposalFollow]] = {"supports": ProposalSupport, "follows": ProposalFollow}


class VoiceError(ServiceError):
    """A support, a comment or a follow was refused."""


def round_person(proposal: Proposal, email: str) -> str:
    """Who it is within one round: the same person in all its proposals, so that merged ones count nobody twice."""
    return person_hash(f"budgeting-round-{proposal.round_id}", email)


def is_repeated(act: str, submission_key: str, email: str) -> bool:
    """Whether this very form with this address came before; counts it as come."""
    return not ratelimit.check(f"voice-{act}", f"{submission_key}:{email}", 1, HOUR)


def request_support(
    *, proposal: Proposal, email: str, submission_key: str, language: str = "fi", now: datetime | None = None
) -> None:
    """Mail a link that confirms the support. Nothing is stored yet. The same form twice sends one mail.

    Raises VoiceError; what it says does not depend on whether this address supports the proposal already.
    """
    allowed = can_support_proposal(proposal, now or timezone.now())
    if not allowed:
        raise VoiceError(allowed.reason)
    if is_repeated(f"support-{proposal.pk}", submission_key, email):
        return
    if not (limited := may_mail(email)):
        raise VoiceError(limited.reason, "email")
    path = reverse("budgeting:confirm_support", args=[support_token(proposal, email)])
    send_confirmation(email=email, path=path, template="budgeting_blocks/mail/confirm_support", language=language)


def support_token(proposal: Proposal, email: str) -> str:
    """What the mailed link holds: the proposal, and the person without the address."""
    return make_token("support", {"proposal": proposal.pk, "person": round_person(proposal, email)})


def confirm_support(*, token: str, now: datetime | None = None) -> tuple[Proposal, bool]:
    """Count the support that the link stands for. Returns the proposal and whether the support is a new one.

    Raises VoiceError when the link is no good or the proposal takes no support any more.
    """
    now = now or timezone.now()
    proposal, person = _named_by("support", token)
    allowed = can_support_proposal(proposal, now)
    if not allowed:
        raise VoiceError(allowed.reason)
    try:
        with transaction.atomic():
            _support, made = ProposalSupport.objects.get_or_create(
                proposal=proposal, person_hash=person, defaults={"created": timezone.localdate(now)}
            )
    except IntegrityError:  # pressed twice at the same moment
        made = False
    return proposal, made


def request_follow(
    *, proposal: Proposal, email: str, submission_key: str, language: str = "fi", now: datetime | None = None
) -> None:
    """Mail a link that confirms the following. An address that follows already gets the same mail. Raises VoiceError."""
    now = now or timezone.now()
    allowed = can_follow_proposal(proposal, now)
    if not allowed:
        raise VoiceError(allowed.reason)
    if is_repeated(f"follow-{proposal.pk}", submission_key, email):
        return
    if not (limited := may_mail(email)):
        raise VoiceError(limited.reason, "email")
    person = round_person(proposal, email)
    values = {"email": email, "language": language, "created_at": now}
    with transaction.atomic():
        follow, made = ProposalFollow.objects.get_or_create(proposal=proposal, person_hash=person, defaults=values)
        if not made:
            # The time to confirm begins anew; an address that is confirmed keeps all that it has.
            ProposalFollow.objects.filter(pk=follow.pk, confirmed_at=None).update(**values)
        token = make_token("follow", {"follow": follow.pk, "person": person})
        path = reverse("budgeting:confirm_follow", args=[token])
        send_confirmation(email=email, path=path, template="budgeting_blocks/mail/confirm_follow", language=language)


def confirm_follow(*, token: str, now: datetime | None = None) -> Proposal:
    """Begin to tell the address behind the link of what happens. Raises VoiceError."""
    now = now or timezone.now()
    follow = _follow_of(read_token("follow", token))
    if follow is None:
        raise VoiceError(_bad_link())
    if not (allowed := can_follow_proposal(follow.proposal, now)):
        raise VoiceError(allowed.reason)
    ProposalFollow.objects.filter(pk=follow.pk, confirmed_at=None).update(confirmed_at=now)
    return follow.proposal


def unsubscribe_token(follow: ProposalFollow) -> str:
    """Ends this one follow, whenever it is used."""
    return make_token("unfollow", {"follow": follow.pk, "person": follow.person_hash})


def end_follow(*, token: str) -> None:
    """Forget the address. A link whose follow is gone already is as good; a forged one raises VoiceError."""
    payload = read_token("unfollow", token, hours=None)
    if payload is None:
        raise VoiceError(_bad_link())
    ProposalFollow.objects.filter(pk=payload["follow"], person_hash=payload["person"]).delete()


@transaction.atomic
def carry_over_voices(*, source: Proposal, target: Proposal) -> dict[str, list[Any]]:
    """Give the supporters, followers and comments of `source` to `target` of the same round; nobody counts twice.

    Who supports or follows both stays behind with `source`, where nothing shows. Returns what went over, as JSON, for
    `take_back_voices`.
    """
    carried: dict[str, list[Any]] = {}
    for name, model in _PERSONAL.items():
        known = model.objects.filter(proposal=target).values("person_hash")
        moving = model.objects.filter(proposal=source).exclude(person_hash__in=known)
        carried[name] = list(moving.values_list("pk", flat=True))
        model.objects.filter(pk__in=carried[name]).update(proposal=target)
    carried["comments"] = list(source.comments.values_list("pk", flat=True))
    _move_comments(carried["comments"], target)
    return carried


@transaction.atomic
def take_back_voices(*, source: Proposal, carried: Mapping[str, Sequence[Any]]) -> None:
    """Give `source` back what `carry_over_voices` took from it and what is still there."""
    for name, model in _PERSONAL.items():
        known = model.objects.filter(proposal=source).values("person_hash")
        # Who has come to the source meanwhile is there already.
        returning = model.objects.filter(pk__in=carried.get(name, ())).exclude(person_hash__in=known)
        model.objects.filter(pk__in=list(returning.values_list("pk", flat=True))).update(proposal=source)
    _move_comments(carried.get("comments", ()), source)


def _move_comments(comments: Sequence[int], target: Proposal) -> None:
    """Revisions name the proposal as well, and one of them is published next."""
    for comment in ProposalComment.objects.filter(pk__in=comments):
        comment.proposal = target
        comment.save(update_fields=["proposal"])
        for revision in comment.revisions.all():
            revision.content["proposal"] = target.pk
            revision.save(update_fields=["content"])


def purge_supports(now: datetime) -> int:
    """Put a key that stands for nobody in the place of old ones; the number of supporters stays."""
    limit = timezone.localdate(now) - timedelta(days=SUPPORT_HASH_DAYS)
    # A random key is as long as a hash, so what was done before is told by its sign.
    old = list(ProposalSupport.objects.filter(created__lt=limit).exclude(person_hash__startswith="x"))
    for support in old:
        support.person_hash = f"x{random_key()[1:]}"
    ProposalSupport.objects.bulk_update(old, ["person_hash"], batch_size=500)
    return len(old)


def purge_follows(now: datetime) -> int:
    """Forget addresses that were never confirmed, and those that have been told for long enough."""
    unconfirmed = ProposalFollow.objects.filter(
        confirmed_at=None, created_at__lt=now - timedelta(days=UNCONFIRMED_DAYS)
    )
    old = ProposalFollow.objects.filter(created_at__lt=now - timedelta(days=FOLLOW_DAYS))
    return unconfirmed.delete()[0] + old.delete()[0]


def _named_by(purpose: str, token: str) -> tuple[Proposal, str]:
    payload = read_token(purpose, token)
    if payload is None:
        raise VoiceError(_bad_link())
    proposal = Proposal.objects.public().select_related("round", "screening").filter(pk=payload["proposal"]).first()
    if proposal is None:
        raise VoiceError(_("Ehdotus ei ole enää nähtävillä."))
    return proposal, payload["person"]


def _follow_of(payload: dict[str, Any] | None) -> ProposalFollow | None:
    if payload is None:
        return None
    return (
        ProposalFollow.objects.select_related("proposal__round", "proposal__screening")
        .filter(pk=payload["follow"], person_hash=payload["person"])
        .first()
    )


def _bad_link() -> str:
    return _("Linkki ei ole enää voimassa. Pyydä uusi linkki ehdotuksen sivulta.")
