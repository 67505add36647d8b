"""Changes of state of proposals: sent in, told of, forgotten."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from budgeting_blocks.models import Area, Proposal, ProposalContact, Round, Screening, Theme
from budgeting_blocks.permissions import can_submit_proposal
from budgeting_blocks.services.follow import follow_token, hash_token
from budgeting_blocks.services.letters import send_letter
from cms.common import ratelimit
from cms.common.errors import ServiceError

HOUR = 60 * 60
PROPOSALS_PER_EMAIL = 10
RECEIPTS_PER_EMAIL = 3


class ProposalError(ServiceError):
    """A proposal was refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalText:
    """What the author writes. `theme` and `area` are primary keys."""

    title: str
    summary: str
    description: str
    theme: int
    area: int | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """A proposal that has been taken in. `token` opens the private follow-up page; `mailed` tells if a receipt went out."""

    proposal: Proposal
    token: str
    mailed: bool


def submit_proposal(
    *,
    round: Round,
    text: ProposalText,
    email: str,
    submission_key: str,
    language: str = "fi",
    now: datetime | None = None,
) -> Submission:
    """Take in a resident's proposal: a draft with a revision, in the moderation workflow if the site has one.

    The same text with the same `submission_key` (the form's own) gives the same proposal again. Raises ProposalError or
    ValidationError (by field); then nothing is stored and no mail goes out.
    """
    now = now or timezone.now()
    key = _content_key(submission_key, round, text)
    with transaction.atomic():
        if earlier := _earlier(key):
            return earlier
    allowed = can_submit_proposal(None, round, now)
    if not allowed:
        raise ProposalError(allowed.reason)
    ident = email.strip().casefold()
    limited = ratelimit.check("propose-email", ident, PROPOSALS_PER_EMAIL, HOUR)
    if not limited:
        raise ProposalError(limited.reason, "email")
    try:
        with transaction.atomic():
            if earlier := _earlier(key):  # it came while this one waited for its turn
                return earlier
            return _take_in(round, text, email, key, language, now)
    except IntegrityError:  # the same form came twice at the same moment, and the other one was first
        if earlier := _earlier(key):
            return earlier
        raise


def _take_in(round: Round, text: ProposalText, email: str, key: str, language: str, now: datetime) -> Submission:
    theme = Theme.objects.filter(pk=text.theme).first()
    if theme is None:
        raise ProposalError(_("Valitse teema luettelosta."), "theme")
    area = Area.objects.filter(pk=text.area).first() if text.area else None
    if text.area and area is None:
        raise ProposalError(_("Valitse alue luettelosta."), "area")
    proposal = Proposal(
        round=round,
        title=text.title,
        summary=text.summary,
        description=text.description,
        theme=theme,
        area=area,
        place=text.place,
        submitted_at=now,
        submission_key=key,
        live=False,
        has_unpublished_changes=True,
    )
    proposal.full_clean(exclude=["submission_key"])
    proposal.save()
    token = follow_token(key)
    contact = ProposalContact(
        proposal=proposal, email=email, language=language, follow_hash=hash_token(token), created_at=now
    )
    contact.full_clean(exclude=["proposal"])
    contact.save()
    log(instance=proposal, action="wagtail.create", user=None)
    proposal.save_revision(log_action=False)
    # A rehearsal is no work for moderators.
    if round.rehearsal_of_id is None and (workflow := proposal.get_workflow()):
        workflow.start(proposal, user=None)
    mailed = bool(ratelimit.check("propose-mail", email.strip().casefold(), RECEIPTS_PER_EMAIL, HOUR))
    if mailed:
        send_letter(contact, "received", token=token)
    return Submission(proposal, token, mailed)


def _content_key(submission_key: str, round: Round, text: ProposalText) -> str:
    """One form view may send in two different proposals (back, edit, send), but never the same one twice."""
    content = json.dumps([submission_key, round.pk, asdict(text)], sort_keys=True)
    return hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()


def _earlier(key: str) -> Submission | None:
    proposal = Proposal.objects.filter(submission_key=key).first()
    return Submission(proposal, follow_token(key), mailed=True) if proposal else None


def record_publication(*, proposal: Proposal, now: datetime | None = None) -> None:
    """Note that a proposal has become public: screening gets its record, and the author is told, once."""
    now = now or timezone.now()
    with transaction.atomic():
        Screening.objects.get_or_create(proposal=proposal)
        untold = ProposalContact.objects.filter(proposal=proposal, told_of_publication_at=None)
        if untold.update(told_of_publication_at=now):
            send_letter(ProposalContact.objects.get(proposal=proposal), "published", proposal=proposal)


def purge_contacts(now: datetime) -> int:
    """Forget how to reach the authors of old proposals. Returns how many were forgotten."""
    limit = now - timedelta(days=settings.PROPOSAL_CONTACT_DAYS)
    return ProposalContact.objects.filter(Q(created_at__lt=limit)).delete()[0]
