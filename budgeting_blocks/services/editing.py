"""The author changes a proposal by the private link; a moderator sends one back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import WorkflowState

from budgeting_blocks.models import Proposal, ProposalContact, ProposalPhoto
from budgeting_blocks.permissions import can_edit_own_proposal
from budgeting_blocks.selectors.proposals import returned_at
from budgeting_blocks.services.follow import follow_token, hash_token
from budgeting_blocks.services.letters import send_letter
from budgeting_blocks.services.photos import store_photo
from budgeting_blocks.services.proposals import ProposalError, ProposalText, tick_criteria, write_text
from cms.common import ratelimit
from cms.common.photos import CleanPhoto

EDITS_PER_HOUR = 20
HOUR = 60 * 60


def edit_proposal(
    *,
    proposal: Proposal,
    text: ProposalText,
    seen_revision: int | None,
    photo: CleanPhoto | None = None,
    photo_alt: str = "",
    remove_photo: bool = False,
    now: datetime | None = None,
) -> None:
    """Make a new draft of the author's own proposal, and let the moderators see it; what is published stays until then.

    `seen_revision` is the one that the author's form showed: when somebody has changed the proposal since, nothing is stored.
    The same words again change nothing. Raises ProposalError or ValidationError, by field.
    """
    now = now or timezone.now()
    limited = ratelimit.check("propose-edit", str(proposal.pk), EDITS_PER_HOUR, HOUR)
    if not limited:
        raise ProposalError(limited.reason)
    with transaction.atomic():
        held = Proposal.objects.select_for_update(of=("self",)).select_related("round").get(pk=proposal.pk)
        allowed = can_edit_own_proposal(held, returned_at(held), now)
        if not allowed:
            raise ProposalError(allowed.reason)
        draft = held.get_latest_revision_as_object()
        same_photo = photo is None and not remove_photo and (draft.photo is None or draft.photo.alt == photo_alt)
        if _text_of(held, draft) == text and same_photo:
            return
        if held.latest_revision_id != seen_revision:
            raise ProposalError(
                _(
                    "Ehdotusta on muutettu sen jälkeen, kun avasit lomakkeen. Lataa sivu uudelleen ja tee muutokset siihen."
                )
            )
        write_text(draft, text)
        _change_photo(draft, photo, photo_alt, remove_photo, now)
        tick_criteria(held, text)
        draft.save_revision(log_action=False)
        log(instance=held, action="budgeting.edit_by_author", user=None)
        _moderate_again(Proposal.objects.get(pk=held.pk))


def _text_of(stored: Proposal, draft: Proposal) -> ProposalText:
    return ProposalText(
        title=draft.title,
        summary=draft.summary,
        description=draft.description,
        theme=draft.theme_id,
        area=draft.area_id,
        place=draft.place,
        latitude=draft.latitude,
        longitude=draft.longitude,
        criteria=tuple(stored.criteria.order_by("sort_order", "pk").values_list("pk", flat=True)),
    )


def _change_photo(draft: Proposal, photo: CleanPhoto | None, alt: str, remove_photo: bool, now: datetime) -> None:
    """The earlier photo stays in its record: the published text may still show it."""
    if photo is not None:
        stored = store_photo(photo=photo, alt=alt, now=now)
        ProposalPhoto.objects.filter(pk=stored.pk).update(proposal=draft.pk)
        draft.photo = stored
    elif remove_photo:
        draft.photo = None
    elif draft.photo is not None and draft.photo.alt != alt:
        earlier = draft.photo
        draft.photo = ProposalPhoto.objects.create(
            proposal_id=draft.pk,
            file=earlier.file.name,
            alt=alt,
            width=earlier.width,
            height=earlier.height,
            created_at=now,
        )


def _moderate_again(proposal: Proposal) -> None:
    # A moderator who has the earlier text open must not approve this one unseen: Wagtail publishes the newest.
    state = proposal.current_workflow_state
    if state is not None:
        state.cancel(user=None)
    proposal.refresh_from_db()
    if workflow := proposal.get_workflow():
        workflow.start(proposal, user=None)


def tell_author_of_return(*, state: WorkflowState) -> None:
    """A moderator has sent a proposal back: its author gets the comment and the link to mend it."""
    proposal = state.content_object
    contact = ProposalContact.objects.filter(proposal=proposal).first()
    if contact is None:
        return
    token = follow_token(proposal.submission_key or "")
    task_state = state.current_task_state
    comment = task_state.comment if task_state else ""
    known = hash_token(token) == contact.follow_hash
    send_letter(contact, "returned", token=token if known else "", comment=comment)
