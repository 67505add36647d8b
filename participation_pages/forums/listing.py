"""A forum's own page and the forum block: what they show at a moment."""

from dataclasses import dataclass, field
from datetime import datetime

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.http import HttpRequest
from wagtail.models import Locale
from wagtail.query import PageQuerySet

from cms.common.pagecache import valid_until
from participation_pages.forums import filters, selectors
from participation_pages.forums.blocks import ForumAnnouncementsValue
from participation_pages.forums.cards import (
    AnnouncementCard,
    EventCard,
    announcement_card,
    event_card,
)
from participation_pages.forums.models import AnnouncementPage, EventPage, ForumPage, ForumTheme

LATEST_ANNOUNCEMENTS = 5
NEXT_EVENTS = 10
PAGE_SIZE = 12


@dataclass(slots=True)
class ForumBoard:
    """`page` is the page of the one list that the address asked for, None when the latest of both are shown."""

    filters: filters.ForumFilterSet
    announcements: list[AnnouncementCard] = field(default_factory=list)
    events: list[EventCard] = field(default_factory=list)
    page: PaginatorPage | None = None

    @property
    def show(self) -> str:
        return self.filters.show_value

    @property
    def shows_announcements(self) -> bool:
        return self.show in (filters.LATEST, filters.ANNOUNCEMENTS)

    @property
    def shows_events(self) -> bool:
        return self.show != filters.ANNOUNCEMENTS

    @property
    def shows_past(self) -> bool:
        return self.show == filters.PAST


@dataclass(slots=True)
class BlockBoard:
    """What the block shows. `missing` when its forum is not public; `is_hidden` tells whether it still exists as a draft."""

    announcements: list[AnnouncementCard] = field(default_factory=list)
    events: list[EventCard] = field(default_factory=list)
    past_events: list[EventCard] = field(default_factory=list)
    forum_url: str = ""
    forum_title: str = ""
    missing: bool = False
    is_hidden: bool = False


def forum_board(forum: ForumPage, request: HttpRequest, now: datetime) -> ForumBoard:
    """The lists on the forum's own page; whoever sees the page may see its children without a restriction of their own."""
    filterset = filters.ForumFilterSet(
        request.GET, themes=list(ForumTheme.objects.all()), queryset=AnnouncementPage.objects.none()
    )
    board = ForumBoard(filterset)
    forums = [forum]
    if board.show == filters.LATEST:
        news = filterset.narrow(selectors.announcements(forums))[:LATEST_ANNOUNCEMENTS]
        coming = filterset.narrow(selectors.coming_events(forums, now))[:NEXT_EVENTS]
        board.announcements = [_announcement(page, request) for page in news]
        board.events = [_event(page, now, request) for page in coming]
    elif board.show == filters.ANNOUNCEMENTS:
        board.page = _paginate(filterset.narrow(selectors.announcements(forums)), request)
        board.announcements = [_announcement(page, request) for page in board.page]
    else:
        listed = selectors.past_events if board.shows_past else selectors.coming_events
        board.page = _paginate(filterset.narrow(listed(forums, now)), request)
        board.events = [_event(page, now, request) for page in board.page]
    valid_until(request, selectors.next_turn(forums, now))
    return board


def block_board(
    value: ForumAnnouncementsValue, request: HttpRequest | None, locale: Locale | None, now: datetime
) -> BlockBoard:
    """What a forum block shows on a page of `locale`."""
    board = BlockBoard()
    chosen: ForumPage | None = value.get("forum")
    if value.shows_all:
        forums = selectors.public_forums(locale)
    else:
        forum = selectors.public_forum(chosen, locale) if chosen else None
        if forum is None:
            return BlockBoard(missing=True, is_hidden=chosen is not None)
        forums = [forum]
        board.forum_title, board.forum_url = forum.title, forum.get_url(request) or ""
    theme: ForumTheme | None = value.get("theme")
    mixed = value.shows_all
    if limit := value.get("announcements") or 0:
        board.announcements = [
            _announcement(page, request, _name_above(page, forums) if mixed else "")
            for page in selectors.announcements(forums, theme)[:limit]
        ]
    for name, target, events in (
        ("events", board.events, selectors.coming_events(forums, now, theme)),
        ("past_events", board.past_events, selectors.past_events(forums, now, theme)),
    ):
        if limit := value.get(name) or 0:
            target += [
                _event(page, now, request, _name_above(page, forums) if mixed else "") for page in events[:limit]
            ]
    valid_until(request, selectors.next_turn(forums, now))
    return board


def _name_above(page: AnnouncementPage | EventPage, forums: list[ForumPage]) -> str:
    forum = selectors.forum_above(page, forums)
    return forum.title if forum else ""


def _announcement(page: AnnouncementPage, request: HttpRequest | None, forum: str = "") -> AnnouncementCard:
    return announcement_card(page, url=page.get_url(request) or "", forum=forum)


def _event(page: EventPage, now: datetime, request: HttpRequest | None, forum: str = "") -> EventCard:
    return event_card(page, now, url=page.get_url(request) or "", forum=forum)


def _paginate(pages: PageQuerySet, request: HttpRequest) -> PaginatorPage:
    return Paginator(pages, PAGE_SIZE).get_page(request.GET.get("page"))
