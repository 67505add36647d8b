"""What residents' pages have in common."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from budgeting_blocks.models import ProposalPhoto, Round
from budgeting_blocks.selectors.casting import find_live_round
from budgeting_blocks.selectors.pages import page_of_round
from cms.common import http
from cms.common.http import Answer


def around(round: Round, title: str) -> dict[str, Any]:
    """`round_page`, the page that shows the round's gallery (or None), and `breadcrumbs` that lead there."""
    page = page_of_round(round, get_language() or "fi")
    if page is None:
        return {"round_page": None, "breadcrumbs": []}
    parent = {"title": page.title, "url": page.url}
    return {"round_page": parent, "breadcrumbs": [parent, {"title": title, "url": ""}]}


def private(response: Answer) -> Answer:
    """A page whose address is the key to it: that goes nowhere."""
    return http.private(response, referrer="no-referrer")


def public_round(slug: str) -> Round:
    """The published round, or 404; a rehearsal is never public."""
    if (round := find_live_round(slug)) is None:
        raise Http404
    return round


def unknown_link(request: HttpRequest) -> HttpResponse:
    """The answer to a private link that opens nothing (any more)."""
    context = {"title": _("Linkki ei ole voimassa")}
    return private(render(request, "budgeting_blocks/proposals/unknown_link.html", context, status=404))


def photo_file(photo: ProposalPhoto | None) -> FileResponse:
    """The picture itself. Whether it may be seen is for the caller to say; None and a lost file are not found."""
    if photo is None:
        raise Http404
    try:
        file = photo.file.open("rb")
    except OSError as error:
        raise Http404 from error
    response = FileResponse(file, content_type="image/jpeg", filename=f"kuva-{photo.pk}.jpg")
    response["X-Content-Type-Options"] = "nosniff"
    return response
