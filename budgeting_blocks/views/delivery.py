"""Residents' pages of projects."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

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
    return render(
        request,
        "budgeting_blocks/delivery/page.html",
        {
            "delivery": found,
            "updates": found.updates.select_related("photo").prefetch_related("photo__renditions"),
            "title": found.proposal.title,
            **around(found.proposal.round, found.proposal.title),
            "canonical_url": request.build_absolute_uri(request.path),
        },
    )
