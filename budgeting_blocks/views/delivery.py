"""Residents' pages of projects."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from budgeting_blocks.choices import DeliveryStage
from budgeting_blocks.models import Delivery
from budgeting_blocks.permissions.voices import can_follow_proposal
from budgeting_blocks.selectors.delivery import public_delivery
from budgeting_blocks.views.shared import around
from cms.common.pagecache import valid_until


@require_safe
def delivery(request: HttpRequest, pk: int, slug: str = "") -> HttpResponseBase:
    """A project whose proposal is public. Anything else is not found."""
    found = public_delivery(pk)
    if found is None:
        raise Http404
    if slug != found.proposal.slug:
        return redirect(found.get_absolute_url(), permanent=bool(slug))
    valid_until(request, None if found.is_silent else found.silent_from)
    updates = list(found.updates.select_related("photo").prefetch_related("photo__renditions"))
    return render(
        request,
        "budgeting_blocks/delivery/page.html",
        {
            "delivery": found,
            "updates": updates,
            # Its news show it, so that no drawing needs to stand for it.
            "photo": any(update.photo for update in updates),
            "steps": _steps(found),
            "may_follow": found.silent_from is not None and can_follow_proposal(found.proposal, timezone.now()),
            "title": found.proposal.title,
            **around(found.proposal.round, found.proposal.title),
            "canonical_url": request.build_absolute_uri(request.path),
        },
    )


def _steps(delivery: Delivery) -> list[dict[str, str]]:
    """The stages on the way to done; nothing where the way was broken off."""
    way = (DeliveryStage.PLANNED, DeliveryStage.IN_PROGRESS, DeliveryStage.DONE)
    if delivery.stage not in way:
        return []
    at = way.index(DeliveryStage(delivery.stage))
    is_done = delivery.stage == DeliveryStage.DONE
    states = ["done" if n < at or is_done else "current" if n == at else "upcoming" for n in range(len(way))]
    return [{"title": str(stage.label), "state": state} for stage, state in zip(way, states, strict=True)]
