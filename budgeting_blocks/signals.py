"""Tells the services what Wagtail has done to proposals."""

from typing import Any

from wagtail.signals import published

from budgeting_blocks.models import Proposal, ProposalComment
from budgeting_blocks.services.comments import record_comment_publication
from budgeting_blocks.services.proposals import record_publication


def _on_published(instance: Proposal, **_kwargs: Any) -> None:
    if instance.live:
        record_publication(proposal=instance)


published.connect(_on_published, sender=Proposal, dispatch_uid="budgeting-proposal-published")


def _on_comment_published(instance: ProposalComment, **_kwargs: Any) -> None:
    if instance.live:
        record_comment_publication(comment=instance)


published.connect(_on_comment_published, sender=ProposalComment, dispatch_uid="budgeting-comment-published")
