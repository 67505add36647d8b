"""Reads about proposals in the making."""

from __future__ import annotations

from django.db.models import QuerySet

from budgeting_blocks.models import Criterion, Proposal, ProposalDraft, ProposalPhoto, Round, Theme


def draft_behind(token_hash: str, round: Round) -> ProposalDraft | None:
    """The draft that the private link with this token's hash opens, or None."""
    drafts = ProposalDraft.objects.select_related("photo", "proposal")
    return drafts.filter(token_hash=token_hash, round=round).first()


def themes_of(round: Round) -> QuerySet[Theme]:
    """The themes that the round takes proposals in: its own, or all when it names none."""
    own = Theme.objects.filter(pk__in=round.themes.values("pk"))
    return own if round.pk and own.exists() else Theme.objects.all()


def criteria_for_author(round: Round) -> QuerySet[Criterion]:
    """What the author of a proposal answers."""
    return Criterion.objects.filter(round=round, for_author=True)


def public_photo(pk: int) -> ProposalPhoto | None:
    """The photo if a public proposal shows it."""
    shown = Proposal.objects.public().filter(photo=pk)
    return ProposalPhoto.objects.filter(pk=pk).first() if shown.exists() else None
