"""A visitor's own list of proposals, as the address has it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from budgeting_blocks.permissions.voting import can_cast_ballot
from budgeting_blocks.selectors.pages import page_of_round
from budgeting_blocks.selectors.shortlist import PICKED, parse_ids, shortlist
from budgeting_blocks.views.shared import public_round
from cms.common.pagecache import valid_until


@require_safe
def shortlist_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The proposals whose numbers are in `ids` and that are public in this round; everything else is passed over."""
    round = public_round(slug)
    schedule, now = round.schedule, timezone.now()
    valid_until(request, schedule.next_change(now))
    listed = shortlist(round, parse_ids(request.GET.getlist(PICKED)))
    title = _("Omat suosikit")
    page = page_of_round(round, get_language() or "fi")
    path, ballot = (reverse(f"budgeting:{name}", args=[round.slug]) for name in ("shortlist", "vote_review"))
    picked = f"?{PICKED}={listed.ids}" if listed.ids else ""
    parent = [{"title": page.title, "url": page.url}] if page else []
    context = {
        "title": title,
        "round": round,
        "shortlist": listed,
        "address": request.build_absolute_uri(f"{path}{picked}"),
        "gallery_url": f"{page.url}{picked}" if page else "",
        "ballot_url": f"{ballot}{picked}" if can_cast_ballot(None, round, now) else "",
        "breadcrumbs": [*parent, {"title": title, "url": ""}],
    }
    return render(request, "budgeting_blocks/gallery/shortlist.html", context)
