"""Reads about projects. Residents see those whose proposal and round are public."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Case, QuerySet, When

from budgeting_blocks.domain.delivery import SHOWN_ORDER, SILENCE, UNDER_WAY
from budgeting_blocks.models import Delivery, DeliveryUpdate, Proposal, Round
from cms.images.models import CityImage


def public_deliveries(round: Round | None = None) -> QuerySet[Delivery]:
    """In one query with all that a card shows: round by round, what is under way first, then by name."""
    found = Delivery.objects.filter(
        proposal__in=Proposal.objects.public().values("pk"), proposal__round__result__published_at__isnull=False
    ).select_related(
        "proposal__round", "proposal__area", "proposal__theme", "proposal__photo", "proposal__screening", "unit"
    )
    order = Case(*(When(stage=stage, then=place) for place, stage in enumerate(SHOWN_ORDER)), default=len(SHOWN_ORDER))
    return (found.filter(proposal__round=round) if round is not None else found).order_by(
        "-proposal__round_id", order, "proposal__sort_title", "pk"
    )


def public_delivery(pk: int) -> Delivery | None:
    """One of them, or None."""
    return public_deliveries().filter(pk=pk).first()


def silent_deliveries(now: datetime) -> QuerySet[Delivery]:
    """Those of which residents have heard nothing for 60 days."""
    return Delivery.objects.filter(stage__in=UNDER_WAY, updated_at__lte=now - SILENCE)


def newest_photos(deliveries: Iterable[int]) -> dict[int, CityImage]:
    """The newest photo that was told of each of these projects, where there is one. Two queries."""
    told = DeliveryUpdate.objects.filter(delivery__in=list(deliveries), photo__isnull=False)
    updates = told.select_related("photo").prefetch_related("photo__renditions").order_by("published_at", "pk")
    return {update.delivery_id: update.photo for update in updates if update.photo is not None}
