"""What one gallery shows: a page of a round's proposals, filtered as the address says, in a bounded number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
from django.http import QueryDict

from budgeting_blocks.filters import GalleryFilterSet
from budgeting_blocks.models import Proposal, Round
from budgeting_blocks.querysets import ProposalQuerySet

# The rest of an overlong address is dropped from the links that the gallery makes.
MAX_CARRIED = 40
MAX_CARRIED_LENGTH = 200


@dataclass(frozen=True, slots=True)
class PageLink:
    """One entry of the pager; `url` is None at gaps and at the page itself."""

    label: str
    url: str | None
    current: bool = False


@dataclass(frozen=True, slots=True)
class Gallery:
    """`anchor` is the fragment that brings one back to the gallery after a choice."""

    prefix: str
    anchor: str
    filterset: GalleryFilterSet
    page: Page
    carried: list[tuple[str, str]]

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def clear_url(self) -> str:
        """The address without this gallery's choices; other galleries keep theirs."""
        return self._url({})

    def page_url(self, number: int) -> str:
        chosen = {name: str(value) for name, value in self.filterset.chosen.items()}
        return self._url({**chosen, "page": str(number)})

    @property
    def previous_url(self) -> str | None:
        return self.page_url(self.page.previous_page_number()) if self.page.has_previous() else None

    @property
    def next_url(self) -> str | None:
        return self.page_url(self.page.next_page_number()) if self.page.has_next() else None

    @property
    def page_links(self) -> list[PageLink]:
        paginator, number = self.page.paginator, self.page.number
        links = []
        for entry in paginator.get_elided_page_range(number, on_each_side=1, on_ends=1):
            is_number, current = isinstance(entry, int), entry == number
            links.append(
                PageLink(str(entry), self.page_url(int(entry)) if is_number and not current else None, current)
            )
        return links

    def _url(self, own: dict[str, str]) -> str:
        query = QueryDict(mutable=True)
        for name, value in self.carried:
            query.appendlist(name, value)
        for name, value in own.items():
            query[f"{self.prefix}-{name}"] = value
        encoded = query.urlencode()
        return (f"?{encoded}" if encoded else "?") + (f"#{self.anchor}" if self.anchor else "")


class ProposalPaginator(Paginator):
    """Finds a page by the index alone and reads the rest for its own proposals only, so that deep pages stay cheap."""

    def __init__(self, proposals: ProposalQuerySet, per_page: int) -> None:
        super().__init__(proposals, per_page)
        self.proposals = proposals

    def page(self, number: int | str) -> Page:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        order = self.proposals.query.order_by
        keys = self.proposals.values("pk")[first : first + self.per_page]
        shown = Proposal.objects.with_details().filter(pk__in=keys).order_by(*order)
        return Page(list(shown), number, self)


def prefix_for(block_id: str) -> str:
    """The prefix of a gallery's parameters; two galleries of one page have different ones."""
    return f"e{block_id[:6]}" if block_id else "e"


def gallery(round: Round, params: QueryDict | dict[str, Any], *, block_id: str = "", page_size: int = 12) -> Gallery:
    """Never fails for what stands in the address: a page beyond the last shows the last, a junk one the first."""
    prefix = prefix_for(block_id)
    filterset = GalleryFilterSet(params, queryset=Proposal.objects.published_in(round), prefix=prefix)
    paginator = ProposalPaginator(filterset.qs, page_size)
    page = paginator.page(_page_number(params.get(f"{prefix}-page"), paginator))
    return Gallery(prefix, f"b-{block_id}" if block_id else "", filterset, page, _carried(params, prefix))


def _page_number(text: str | None, paginator: Paginator) -> int:
    if not text or len(text) > 7 or not (text.isascii() and text.isdecimal()):
        return 1
    try:
        return paginator.validate_number(int(text))
    except EmptyPage:
        return paginator.num_pages if int(text) else 1


def _carried(params: QueryDict | dict[str, Any], prefix: str) -> list[tuple[str, str]]:
    return [
        (name, str(params[name]))
        for name in list(params)[:MAX_CARRIED]
        if not name.startswith(f"{prefix}-") and len(name) + len(str(params[name])) <= MAX_CARRIED_LENGTH
    ]
