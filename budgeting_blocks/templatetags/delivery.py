"""The tag that lists projects."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import template

from budgeting_blocks.choices import DELIVERY_TONES, DeliveryStage
from budgeting_blocks.domain.delivery import SHOWN_ORDER
from budgeting_blocks.examples import example_deliveries
from budgeting_blocks.models import Delivery, Proposal, Round
from budgeting_blocks.selectors.delivery import newest_photos, public_deliveries
from cms.common.pagecache import valid_until
from cms.images.models import CityImage

register = template.Library()

MOST_SHOWN = 60
# The themes that `img/themes.svg` draws; all others share its last drawing.
DRAWN = ("liikunta", "viihtyisyys", "yhteisollisyys", "kulttuuri")


@register.inclusion_tag("budgeting_blocks/delivery/list.html", takes_context=True)
def delivery_list(context: template.Context, value: Any) -> dict[str, Any]:
    """The projects of `value["round"]`, or of every round where that is None."""
    request = context.get("request")
    round: Round | None = value.get("round")
    deliveries = list(public_deliveries(round)[:MOST_SHOWN])
    if not deliveries and getattr(request, "is_preview", False):
        deliveries = example_deliveries()
    photos = newest_photos([delivery.pk for delivery in deliveries if delivery.pk])
    for delivery in deliveries:
        delivery.photo = photos.get(delivery.pk)  # type: ignore[attr-defined]
        delivery.url = _url(delivery)  # type: ignore[attr-defined]
        valid_until(request, None if delivery.is_silent else delivery.silent_from)
    return {
        "heading": value.get("heading"),
        "block_id": context.get("block_id"),
        "round": round,
        "deliveries": deliveries,
        "stages": _stages(deliveries),
    }


@register.inclusion_tag("budgeting_blocks/delivery/picture.html")
def project_picture(proposal: Proposal, photo: CityImage | None = None) -> dict[str, Any]:
    """What a proposal's card shows: `photo`, its author's photo, or a drawing of its theme. The last says nothing that the
    title does not."""
    slug = proposal.theme.slug
    return {"proposal": proposal, "photo": photo, "drawing": slug if slug in DRAWN else "muut"}


def _stages(deliveries: list[Delivery]) -> list[tuple[str, str, str]]:
    """How many are at each stage: its words, its colour, the number."""
    numbers = Counter(delivery.stage for delivery in deliveries)
    return [
        (f"{DeliveryStage(stage).label}:", DELIVERY_TONES[stage], str(numbers[stage]))
        for stage in SHOWN_ORDER
        if numbers[stage]
    ]


def _url(delivery: Delivery) -> str:
    # A preview's examples have no page.
    return delivery.get_absolute_url() if delivery.pk else "#"
