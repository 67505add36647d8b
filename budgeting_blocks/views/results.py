"""Published results, and what anybody needs to count them again."""

from __future__ import annotations

from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from budgeting_blocks.models import Round, RoundSeal
from budgeting_blocks.selectors.results import Listing, ShownResult, shown_result
from budgeting_blocks.services.package import round_package
from budgeting_blocks.views.shared import around, public_round
from cms.common.exports import csv_response
from cms.common.pagecache import version_for


@require_safe
def result(request: HttpRequest, slug: str) -> HttpResponse:
    """The result with all that is told about it. Before it is published there is no such page."""
    shown = _published(slug)
    title = _("Äänestyksen tulos")
    listing = Listing.of(request.GET)
    return render(
        request,
        "budgeting_blocks/results/page.html",
        {
            "shown": shown,
            "listed": [(pot, listing.rows(pot)) for pot in shown.pots],
            "listing": listing,
            "seal": RoundSeal.objects.filter(round=shown.round).first(),
            "title": title,
            **around(shown.round, title),
            "canonical_url": request.build_absolute_uri(request.path),
        },
    )


@require_safe
def result_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The table of the result as a file."""
    shown = _published(slug)
    header = [_("Osuus"), _("Sija"), _("Ehdotus"), _("Ääniä"), _("Kustannusarvio, €"), _("Tulos"), _("Perustelu")]
    rows = [
        [
            pot.name,
            row.line.rank,
            row.line.proposal.title,
            row.line.votes,
            row.line.cost,
            row.line.get_outcome_display(),
            row.why,
        ]
        for pot in shown.pots
        for row in pot.rows
    ]
    return csv_response(f"tulos-{shown.round.slug}", header, rows)


@require_safe
def turnout_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Voters by group as a file; hidden numbers are empty there too."""
    shown = _published(slug)
    rows = [[table.title, row.label, row.voters] for table in shown.turnout for row in table.rows]
    return csv_response(f"aanestaneet-{shown.round.slug}", [_("Jako"), _("Ryhmä"), _("Äänestäjiä")], rows)


@require_safe
def package(request: HttpRequest, slug: str) -> HttpResponse:
    """The round package: rules, projects, ballots, count log, checksums. The same bytes every time."""
    shown = _published(slug)
    content = _package(shown.round.pk, version_for(request))
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{shown.round.slug}.zip"'
    return response


@lru_cache(maxsize=2)
def _package(round_pk: int, _content_version: str) -> bytes | None:
    # Counting the box again takes seconds, and anybody may ask.
    return round_package(Round.objects.get(pk=round_pk))


def _published(slug: str) -> ShownResult:
    shown = shown_result(public_round(slug))
    if shown is None:
        raise Http404
    return shown
