"""What one gallery shows: a page of a round's proposals, filtered as the address says, in a bounded number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import OrderBy
from django.http import QueryDict
from django.utils import timezone

from budgeting_blocks.filters import FAIR, MAP, NEAREST, GalleryFilterSet
from budgeting_blocks.models import Proposal, Round
from budgeting_blocks.querysets import ProposalQuerySet
from budgeting_blocks.selectors.facets import facets_of, show_counts
from budgeting_blocks.selectors.proposal_map import ProposalMap, proposal_map
from budgeting_blocks.selectors.shortlist import PICKED, joined, parse_ids

# The rest of an overlong address is dropped from the links that the gallery makes.
MAX_CARRIED = 40
MAX_CARRIED_LENGTH = 300


@dataclass(frozen=True, slots=True)
class PageLink:
    """One entry of the pager; `url` is None at gaps and at the page itself."""

    label: str
    url: str | None
    current: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One proposal of the list."""

    proposal: Proposal
    supports: int
    picked: bool


@dataclass(frozen=True, slots=True)
class Gallery:
    """`anchor` is the fragment that brings one back to the gallery after a choice. `map` is there when the address asks for
    it, in place of the cards. `picked_elsewhere` are put aside and not on this page."""

    prefix: str
    anchor: str
    filterset: GalleryFilterSet
    seed: int
    page: Page
    cards: list[Card]
    map: ProposalMap | None
    has_places: bool
    picked_elsewhere: str
    carried: list[tuple[str, str]]

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def is_fair(self) -> bool:
        return self.filterset.order_name == FAIR

    @property
    def is_by_the_hour(self) -> bool:
        """Whether the order is the hour's, because the visitor has brought no seed."""
        return self.is_fair and "seed" not in self.filterset.chosen

    @property
    def lacks_point(self) -> bool:
        """Whether the nearest ones are asked for, but not to what."""
        return self.filterset.chosen.get("sort") == NEAREST and self.filterset.point is None

    @property
    def list_url(self) -> str:
        return self._url({name: value for name, value in self._choices().items() if name != "view"})

    @property
    def map_url(self) -> str:
        return self._url({**self._choices(), "view": MAP})

    @property
    def clear_url(self) -> str:
        """The address without this gallery's choices; other galleries keep theirs."""
        return self._url({})

    def page_url(self, number: int) -> str:
        return self._url({**self._choices(), "page": str(number)})

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

    def _choices(self) -> dict[str, str]:
        chosen = {name: str(value) for name, value in self.filterset.chosen.items()}
        # The next page goes on in the order of this one, also when the hour has changed in between.
        return {**chosen, "seed": str(self.seed)} if self.is_fair else chosen

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

    def __init__(
        self, proposals: ProposalQuerySet, order: Sequence[str | OrderBy], per_page: int, *, count: int
    ) -> None:
        super().__init__(proposals, per_page)
        self.proposals, self.order = proposals, order
        self.count = count  # known already: the facets are counted in the same go

    def page(self, number: int | str) -> Page:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        keys = self.proposals.order_by(*self.order).values("pk")[first : first + self.per_page]
        shown = Proposal.objects.with_details().with_support().filter(pk__in=keys).order_by(*self.order)
        return Page(list(shown), number, self)


def prefix_for(block_id: str) -> str:
    """The prefix of a gallery's parameters; two galleries of one page have different ones."""
    return f"e{block_id[:6]}" if block_id else "e"


def gallery(
    round: Round,
    params: QueryDict | dict[str, Any],
    *,
    block_id: str = "",
    page_size: int = 12,
    now: datetime | None = None,
) -> Gallery:
    """Never fails for what stands in the address: a page beyond the last shows the last, a junk one the first."""
    now = now or timezone.now()
    prefix = prefix_for(block_id)
    filterset = GalleryFilterSet(params, queryset=Proposal.objects.published_in(round), prefix=prefix)
    facets = facets_of(filterset)
    show_counts(filterset, facets)
    found, order = filterset.qs, filterset.order(now)
    paginator = ProposalPaginator(found, order, page_size, count=facets.total)
    drawn = proposal_map(found, order, filterset.areas) if filterset.chosen.get("view") == MAP else None
    number = _page_number(params.get(f"{prefix}-page"), paginator)
    page = Page([], number, paginator) if drawn else paginator.page(number)
    picked = parse_ids(params.getlist(PICKED) if isinstance(params, QueryDict) else [])
    cards = _cards(page, set(picked))
    shown = {card.proposal.pk for card in cards}
    return Gallery(
        prefix=prefix,
        anchor=f"b-{block_id}" if block_id else "",
        filterset=filterset,
        seed=filterset.seed_at(now),
        page=page,
        cards=cards,
        map=drawn,
        has_places=facets.has_places,
        picked_elsewhere=joined(pk for pk in picked if pk not in shown),
        carried=_carried(params, prefix),
    )


def _cards(page: Page, picked: set[int]) -> list[Card]:
    return [Card(proposal, proposal.support_count, proposal.pk in picked) for proposal in page]


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
