"""A proposal while it is being written: saved as it goes, sent, forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from budgeting_blocks.models import ProposalDraft, ProposalPhoto, Round
from budgeting_blocks.services.follow import follow_token, hash_token
from budgeting_blocks.services.photos import store_photo
from budgeting_blocks.services.proposals import ProposalText, Submission, submit_proposal
from cms.common.photos import CleanPhoto

DRAFT_DAYS = 30
_SALT = "budgeting_blocks.draft"


def draft_token(submission_key: str) -> str:
    """What opens the draft that a form with this key began: the same form sent twice begins one draft."""
    return salted_hmac(_SALT, submission_key, algorithm="sha256").hexdigest()


@transaction.atomic
def start_draft(*, round: Round, data: Mapping[str, Any], submission_key: str, now: datetime | None = None) -> str:
    """Keep the beginning of a proposal. Returns the token of the private link, which the database does not hold."""
    now = now or timezone.now()
    token = draft_token(submission_key)
    draft, made = ProposalDraft.objects.select_for_update().get_or_create(
        token_hash=hash_token(token),
        defaults={"round": round, "data": dict(data), "created_at": now, "updated_at": now},
    )
    if not made:
        # Back in the browser and on again; after the sending, that begins another proposal.
        draft.round, draft.data, draft.proposal, draft.updated_at = round, draft.data | dict(data), None, now
        draft.save()
    return token


@transaction.atomic
def save_draft(
    *,
    draft: ProposalDraft,
    data: Mapping[str, Any],
    photo: CleanPhoto | None = None,
    remove_photo: bool = False,
    now: datetime | None = None,
) -> ProposalDraft:
    """Keep what was typed, right or wrong, over what was there; `photo` takes the earlier one's place."""
    now = now or timezone.now()
    held = ProposalDraft.objects.select_for_update(of=("self",)).select_related("photo").get(pk=draft.pk)
    if held.proposal_id:  # sent meanwhile, from another window
        return held
    held.data, held.updated_at = held.data | dict(data), now
    earlier = held.photo
    if photo is not None:
        held.photo = store_photo(photo=photo, alt="", now=now)
    elif remove_photo:
        held.photo = None
    held.save()
    if earlier is not None and earlier != held.photo:
        earlier.delete()
    return held


def send_draft(
    *, draft: ProposalDraft, text: ProposalText, email: str, token: str, language: str, now: datetime | None = None
) -> Submission:
    """Make the draft a proposal and forget what it held. Sent twice, it gives the same proposal. Raises as submitting does."""
    with transaction.atomic():
        held = (
            ProposalDraft.objects.select_for_update(of=("self",))
            .select_related("round", "photo", "proposal")
            .get(pk=draft.pk)
        )
        if held.proposal is not None:
            return Submission(held.proposal, follow_token(held.proposal.submission_key or ""), mailed=True)
        photo = _described(held)
        sent = submit_proposal(
            round=held.round, text=text, email=email, submission_key=token, language=language, photo=photo, now=now
        )
        held.data, held.photo, held.proposal = {}, None, sent.proposal
        held.save()
    return sent


def _described(draft: ProposalDraft) -> ProposalPhoto | None:
    photo = draft.photo
    if photo is not None:
        photo.alt = str(draft.data.get("photo_alt", "")).strip()
        photo.full_clean()
        photo.save()
    return photo


def purge_drafts(now: datetime) -> int:
    """Delete drafts that nobody has touched for a month, with their photos. Returns how many."""
    old = list(ProposalDraft.objects.filter(updated_at__lt=now - timedelta(days=DRAFT_DAYS)).select_related("photo"))
    for draft in old:
        if draft.photo is not None:
            draft.photo.delete()
        draft.delete()
    return len(old)
