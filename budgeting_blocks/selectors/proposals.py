"""Reads about proposals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from wagtail.models import WorkflowState

from budgeting_blocks.models import Proposal, ProposalContact, Screening
from cms.users.models import User


def public_proposal(pk: int) -> Proposal | None:
    """The proposal if residents may see it, with all that its page shows; one query and one for the phases."""
    return Proposal.objects.public().with_details().select_related("round", "photo").filter(pk=pk).first()


def is_reviewer(user: User | AnonymousUser) -> bool:
    """Whether the workflow that proposals go through would let this user act on them; True when there is none."""
    workflow = Proposal.get_default_workflow()
    if workflow is None:
        return True
    return any(task.specific.user_can_access_editor(Proposal(), user) for task in workflow.tasks)


class FollowStage(StrEnum):
    """What the author of a proposal is told."""

    WAITING = "waiting"
    RETURNED = "returned"
    PUBLISHED = "published"
    HIDDEN = "hidden"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Followed:
    """A proposal as its author sees it behind the private link.

    `draft` is what was written last. `changes`: how a change to a published proposal stands, WAITING or RETURNED, else None.
    `comment` is the moderator's to the author, with what was sent back.
    """

    proposal: Proposal
    stage: FollowStage
    draft: Proposal
    changes: FollowStage | None = None
    comment: str = ""

    @property
    def screening(self) -> Screening:
        """What the city says of the proposal, or of the one that it lives on in."""
        return self.shown.assessment

    @property
    def shown(self) -> Proposal:
        """The proposal as residents see it: itself, or the one that it was merged into."""
        return self.proposal.merge.target if self.stage is FollowStage.MERGED else self.proposal


def followed_proposal(follow_hash: str) -> Followed | None:
    """What the link with this token's hash shows, or None when there is no such link (any more)."""
    contact = (
        ProposalContact.objects.filter(follow_hash=follow_hash)
        .select_related("proposal__round", "proposal__theme", "proposal__area", "proposal__screening")
        .select_related("proposal__merge__target__round", "proposal__merge__target__screening")
        .first()
    )
    if contact is None:
        return None
    proposal = contact.proposal
    state = proposal.current_workflow_state
    returned = state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES
    comment = state.current_task_state.comment if returned and state.current_task_state else ""
    waiting = FollowStage.RETURNED if returned else FollowStage.WAITING
    draft = proposal.get_latest_revision_as_object()
    if proposal.live and proposal.round.live:
        changes = waiting if state is not None else None
        return Followed(proposal, FollowStage.PUBLISHED, draft, changes, comment)
    if hasattr(proposal, "merge") and proposal.merge.target.live and proposal.round.live:
        return Followed(proposal, FollowStage.MERGED, draft)
    if proposal.first_published_at is not None:
        return Followed(proposal, FollowStage.HIDDEN, draft)
    return Followed(proposal, waiting, draft, None, comment)


def returned_at(proposal: Proposal) -> datetime | None:
    """When a moderator sent the proposal back to its author, with whom it still is; None when it is not."""
    state = proposal.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES or state.current_task_state is None:
        return None
    return state.current_task_state.finished_at
