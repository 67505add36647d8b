"""Reads about proposals that were put together."""

from __future__ import annotations

from django.db.models import QuerySet

from budgeting_blocks.models import MergeObjection, Proposal, ProposalMerge


def family_of(proposal: Proposal) -> list[ProposalMerge]:
    """What was merged into this proposal, the oldest first, each with its source; one query."""
    merges = ProposalMerge.objects.filter(target=proposal).select_related("source__theme", "source__area")
    return list(merges.order_by("source__submitted_at", "pk"))


def successor_of(pk: int) -> Proposal | None:
    """The public proposal that the one with this id lives on in, or None."""
    sources = ProposalMerge.objects.filter(source__in=Proposal.objects.filter(pk=pk))
    return Proposal.objects.public().filter(merged_from__in=sources).first()


def merges() -> QuerySet[ProposalMerge]:
    """All merges for the coordinator's list, the newest first, with what it shows."""
    return (
        ProposalMerge.objects.select_related("target__round", "source", "made_by")
        .prefetch_related("objections__proposal")
        .order_by("-merged_at", "-pk")
    )


def open_objections() -> QuerySet[MergeObjection]:
    """Objections that nobody has answered."""
    return MergeObjection.objects.filter(answered_at=None)
