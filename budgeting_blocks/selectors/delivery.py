"""Reads about projects. Residents see those whose proposal and round are public."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from budgeting_blocks.domain.delivery import SILENCE, UNDER_WAY
from budgeting_blocks.models import Delivery, Proposal, Round


def public_deliveries(round: Round | None = None) -> QuerySet[Delivery]:
    """In one query with all that a card shows; what is under way first, the silent ones among them by name like all."""
    found = Delivery.objects.filter(
        proposal__in=Proposal.objects.public().values("pk"), proposal__round__result__published_at__isnull=False
    ).select_related("proposal__round", "proposal__area", "unit")
    return (found.filter(proposal__round=round) if round is not None else found).order_by(
        "-proposal__round_id", "proposal__sort_title", "pk"
    )


def public_delivery(pk: int) -> Delivery | None:
    """One of them, or None."""
    return public_deliveries().filter(pk=pk).first()


def silent_deliveries(now: datetime) -> QuerySet[Delivery]:
    """Those of which residents have heard nothing for 60 days."""
    return Delivery.objects.filter(stage__in=UNDER_WAY, updated_at__lte=now - SILENCE)
