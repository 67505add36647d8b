"""What a search finds: live, unrestricted pages of the language, and residents' content that has been published."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Locale, Page
from wagtail.search.backends import get_search_backend

from budgeting_blocks.models import Proposal, Round
from feedback_forms.models import PublicFeedback

MAX_QUERY_LENGTH = 100
# A list longer than this helps nobody, and a cut keeps the dearest query cheap.
MAX_RESULTS_PER_KIND = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the results; `kind` is a key of `KINDS`."""

    kind: str
    title: str
    url: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of result: its name for people, the query of all that may be shown, and how one is shown."""

    label: str | Promise
    queryset: Callable[[], QuerySet]
    to_hit: Callable[[Any], Hit]


def clean_query(text: str) -> str:
    """The words to search for: no control or unpaired surrogate characters, single spaces, 100 characters at most."""
    printable = "".join(
        sign if sign.isprintable() and not 0xD800 <= ord(sign) <= 0xDFFF else " " for sign in text[:1000]
    )
    return " ".join(printable.split())[:MAX_QUERY_LENGTH].strip()


def _pages() -> QuerySet:
    return Page.objects.live().public().filter(locale=Locale.get_active(), depth__gt=1)


def _page_hit(page: Page) -> Hit:
    return Hit("pages", page.title, page.url or "", page.search_description or getattr(page, "introduction", ""))


def _proposals() -> QuerySet:
    # Search cannot filter across a relation, so the public rounds are named.
    return Proposal.objects.filter(
        live=True, round__in=list(Round.objects.filter(live=True).values_list("pk", flat=True))
    )


def _feedback() -> QuerySet:
    return PublicFeedback.objects.filter(live=True)


def _record_hit(kind: str) -> Callable[[Model], Hit]:
    def to_hit(record: Any) -> Hit:
        return Hit(kind, str(record), record.get_absolute_url(), getattr(record, "summary", "") or "")

    return to_hit


KINDS: dict[str, Kind] = {
    "pages": Kind(_("Sivut"), _pages, _page_hit),
    "proposals": Kind(_("Ehdotukset"), _proposals, _record_hit("proposals")),
    "feedback": Kind(_("Palautteet"), _feedback, _record_hit("feedback")),
}


def plain_words(words: str) -> str:
    """Letters and digits only, in small letters: nothing in them is a sign or a word of the index's own language."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in words.lower()).split())


def _found(kind: Kind, words: str) -> list[Any]:
    """By whole words first, then by the beginnings of words in titles: Finnish words bend at their ends."""
    queryset = kind.queryset()
    backend = get_search_backend()  # not `queryset.search`: records bring query sets of their own
    exact = list(backend.search(words, queryset)[:MAX_RESULTS_PER_KIND])
    seen = {record.pk for record in exact}
    begun = backend.autocomplete(words, queryset)[:MAX_RESULTS_PER_KIND]
    found = [*exact, *(record for record in begun if record.pk not in seen)][:MAX_RESULTS_PER_KIND]
    if kind is not KINDS["pages"]:
        return found
    # The introductions come with one query for each type of page.
    specific = Page.objects.filter(pk__in=[page.pk for page in found]).defer_streamfields().specific().in_bulk()
    return [specific[page.pk] for page in found if page.pk in specific]


def search(words: str, kinds: Iterable[str] | None = None) -> dict[str, list[Hit]]:
    """Kind → its hits, best first; only hits with an address. `words` as `clean_query` gives them; empty finds nothing."""
    plain = plain_words(words)
    if not plain:
        return {}
    results = {}
    for name in kinds if kinds is not None else KINDS:
        kind = KINDS[name]
        results[name] = [hit for record in _found(kind, plain) if (hit := kind.to_hit(record)).url]
    return results


def promoted(words: str) -> list[Hit]:
    """What the editors want on top for exactly these words. Searches are not recorded."""
    picks = (
        SearchPromotion.objects.filter(query__query_string=words.lower()).select_related("page").order_by("sort_order")
    )
    hits = []
    public = set(_pages().filter(pk__in=[pick.page_id for pick in picks if pick.page_id]).values_list("pk", flat=True))
    for pick in picks:
        if pick.page_id in public:
            hits.append(Hit("pages", pick.page.title, pick.page.url or "", pick.description))
        elif not pick.page_id and pick.external_link_url:
            hits.append(
                Hit(
                    "pages", pick.external_link_text or pick.external_link_url, pick.external_link_url, pick.description
                )
            )
    return hits
