"""A round's rules, for everybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from budgeting_blocks.domain.freezing import canonical_text
from budgeting_blocks.selectors.rules import rule_versions
from budgeting_blocks.views.shared import around, public_round


@require_safe
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """The rules in plain words, and every frozen version with its fingerprint."""
    round = public_round(slug)
    title = _("Säännöt: %(round)s") % {"round": round.title}
    return render(
        request,
        "budgeting_blocks/rounds/rules_page.html",
        {"round": round, "title": title} | around(round, _("Säännöt")),
    )


@require_safe
def document(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version as the very bytes whose SHA-256 is its fingerprint."""
    round = public_round(slug)
    version = rule_versions(round).filter(number=number).first()
    if version is None:
        raise Http404
    response = HttpResponse(canonical_text(version.document), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="saannot-{round.slug}-{version.number}.json"'
    return response
