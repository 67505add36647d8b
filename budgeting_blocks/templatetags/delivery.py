"""The tag that lists projects."""

from __future__ import annotations

from typing import Any

from django import template

from budgeting_blocks.examples import example_deliveries
from budgeting_blocks.models import Delivery, Round
from budgeting_blocks.selectors.delivery import public_deliveries
from cms.common.pagecache import valid_until

register = template.Library()

MOST_SHOWN = 60


@register.inclusion_tag("budgeting_blocks/delivery/list.html", takes_context=True)
def delivery_list(context: template.Context, value: Any) -> dict[str, Any]:
    """The projects of `value["round"]`, or of every round where that is None."""
    request = context.get("request")
    round: Round | None = value.get("round")
    deliveries = list(public_deliveries(round)[:MOST_SHOWN])
    if not deliveries and getattr(request, "is_preview", False):
        deliveries = example_deliveries()
    for delivery in deliveries:
        delivery.url = _url(delivery)  # type: ignore[attr-defined]
        valid_until(request, None if delivery.is_silent else delivery.silent_from)
    return {
        "heading": value.get("heading"),
        "block_id": context.get("block_id"),
        "round": round,
        "deliveries": deliveries,
    }


def _url(delivery: Delivery) -> str:
    # A preview's examples have no page.
    return delivery.get_absolute_url() if delivery.pk else "#"
