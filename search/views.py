"""The search page."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.common import ratelimit
from cms.common.http import client_ip
from search.queries import KINDS, clean_query, promoted, search

PAGE_SIZE = 20
# Per address and minute: a library full of people gets through, a script does not. Cached answers are not counted.
LIMIT, SECONDS = 120, 60


@require_safe
def search_view(request: HttpRequest) -> HttpResponse:
    """`?q=words&kind=pages&page=2`. Anything odd in them gives the nearest sensible page, never an error."""
    words = clean_query(request.GET.get("q", ""))
    chosen = request.GET.get("kind", "")
    chosen = chosen if chosen in KINDS else ""
    context: dict[str, object] = {"title": _("Haku"), "words": words, "chosen": chosen, "breadcrumbs": []}
    status = 200
    if words:
        allowed = ratelimit.check("search", client_ip(request), LIMIT, SECONDS)
        if allowed:
            context |= _results(request, words, chosen)
        else:
            status, context["refused"] = 429, allowed.reason
    response = render(request, "search/search.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _results(request: HttpRequest, words: str, chosen: str) -> dict[str, object]:
    found = search(words)
    filters = [{"key": "", "label": _("Kaikki"), "count": sum(map(len, found.values()))}]
    filters += [{"key": name, "label": KINDS[name].label, "count": len(hits)} for name, hits in found.items()]
    hits = [hit for name, list_ in found.items() if chosen in ("", name) for hit in list_]
    picks = promoted(words) if not chosen else []
    addresses = {pick.url for pick in picks}
    hits = [hit for hit in hits if hit.url not in addresses]
    return {
        "filters": filters,
        "promoted": picks,
        "page_obj": Paginator(hits, PAGE_SIZE).get_page(request.GET.get("page", "1")),
        "kind_labels": {name: kind.label for name, kind in KINDS.items()},
        "total": len(hits) + len(picks),
    }
