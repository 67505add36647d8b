"""What the residents' pages of proposals have in common."""

from __future__ import annotations

from typing import Any, TypeVar

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from budgeting_blocks.models import ProposalPhoto, Round
from budgeting_blocks.selectors.pages import page_of_round

Answer = TypeVar("Answer", bound=HttpResponseBase)


def around(round: Round, title: str) -> dict[str, Any]:
    """`round_page`, the page that shows the round's gallery (or None), and `breadcrumbs` that lead there."""
    page = page_of_round(round, get_language() or "fi")
    if page is None:
        return {"round_page": None, "breadcrumbs": []}
    parent = {"title": page.title, "url": page.url}
    return {"round_page": parent, "breadcrumbs": [parent, {"title": title, "url": ""}]}


def private(response: Answer) -> Answer:
    """Neither a cache nor a search engine keeps it, and its address goes nowhere."""
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


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
