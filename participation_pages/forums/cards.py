"""Announcements and events as the site shows them: plain values, so that templates decide nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format

from cms.common.pagecache import valid_until
from participation_pages.dates import written_date, written_span
from participation_pages.forums.choices import STATE_LABELS, STATE_TONES
from participation_pages.forums.domain import EventState, event_state
from participation_pages.forums.models import AnnouncementPage, EventPage
from participation_pages.spans import next_change


@dataclass(frozen=True, slots=True)
class AnnouncementCard:
    """`forum` is the forum's name where a list mixes several, else empty."""

    title: str
    url: str
    date: date
    summary: str = ""
    theme: str = ""
    forum: str = ""

    @property
    def written_date(self) -> str:
        return written_date(self.date)


@dataclass(frozen=True, slots=True)
class EventCard:
    """One event at one moment. `starts_at` and `ends_at` are None while a postponed event has no new time."""

    title: str
    url: str
    state: EventState
    starts_at: datetime | None
    ends_at: datetime | None
    place: str
    postponed_from: datetime | None = None
    cancel_reason: str = ""
    address: str = ""
    summary: str = ""
    theme: str = ""
    forum: str = ""

    @property
    def label(self) -> str:
        return str(STATE_LABELS[self.state])

    @property
    def tone(self) -> str:
        return STATE_TONES[self.state]

    @property
    def when(self) -> str:
        """Day and time in words; empty while the new time is not known."""
        return written_span(self.starts_at, self.ends_at) if self.starts_at and self.ends_at else ""

    @property
    def old_date(self) -> str:
        """The first time of an event that was moved, in words; empty for others."""
        if self.postponed_from is None or self.state is EventState.PLANNED:
            return ""
        return written_date(self.postponed_from)

    @property
    def is_cancelled(self) -> bool:
        return self.state is EventState.CANCELLED

    @property
    def is_postponed(self) -> bool:
        return self.state is EventState.POSTPONED

    @property
    def tile_day(self) -> str:
        """The day of the month for the date tile."""
        return str(timezone.localtime(self.starts_at).day) if self.starts_at else "?"

    @property
    def tile_month(self) -> str:
        return date_format(timezone.localtime(self.starts_at), "M") if self.starts_at else ""


def announcement_card(page: AnnouncementPage, *, url: str, forum: str = "") -> AnnouncementCard:
    """The card of a page whose theme is loaded."""
    return AnnouncementCard(
        title=page.title,
        url=url,
        date=page.date,
        summary=page.introduction,
        theme=page.theme.local_name if page.theme else "",
        forum=forum,
    )


def event_card(page: EventPage, now: datetime, *, url: str, forum: str = "") -> EventCard:
    """The card of a page whose theme is loaded, as it stands at `now`."""
    return EventCard(
        title=page.title,
        url=url,
        state=event_state(page.status, page.starts_at, page.ends_at, now),
        starts_at=page.starts_at,
        ends_at=page.ends_at,
        place=page.place,
        postponed_from=page.postponed_from,
        cancel_reason=page.cancel_reason,
        address=page.address,
        summary=page.introduction,
        theme=page.theme.local_name if page.theme else "",
        forum=forum,
    )


def hold_until(request: HttpRequest | None, pages: Iterable[EventPage], now: datetime) -> None:
    """Tell the page cache when one of these events begins or ends."""
    valid_until(request, next_change([(page.starts_at, page.ends_at) for page in pages], now))
