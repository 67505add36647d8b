"""Tells the services what Wagtail has done to proposals."""

from typing import Any

from django.db.models.signals import post_delete
from wagtail.models import WorkflowState
from wagtail.signals import published, workflow_rejected

from budgeting_blocks.models import Proposal, ProposalComment, ProposalPhoto
from budgeting_blocks.services.comments import record_comment_publication
from budgeting_blocks.services.editing import tell_author_of_return
from budgeting_blocks.services.photos import delete_file
from budgeting_blocks.services.proposals import record_publication


def _on_published(instance: Proposal, **_kwargs: Any) -> None:
    if instance.live:
        record_publication(proposal=instance)


published.connect(_on_published, sender=Proposal, dispatch_uid="budgeting-proposal-published")


def _on_comment_published(instance: ProposalComment, **_kwargs: Any) -> None:
    if instance.live:
        record_comment_publication(comment=instance)


published.connect(_on_comment_published, sender=ProposalComment, dispatch_uid="budgeting-comment-published")


def _on_sent_back(instance: WorkflowState, **_kwargs: Any) -> None:
    if isinstance(instance.content_object, Proposal):
        tell_author_of_return(state=instance)


workflow_rejected.connect(_on_sent_back, sender=WorkflowState, dispatch_uid="budgeting-proposal-sent-back")
post_delete.connect(delete_file, sender=ProposalPhoto, dispatch_uid="budgeting-photo-file")
