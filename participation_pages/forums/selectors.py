"""Which announcements and events a resident may see, in which order. The number of queries does not grow with the rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import F, Min, Q
from wagtail.models import Locale
from wagtail.query import PageQuerySet

from participation_pages.forums.models import AnnouncementPage, EventPage, ForumPage, ForumTheme

# Treebeard gives each level of the tree this many signs of the path.
_STEP = ForumPage.steplen


def public_forums(locale: Locale | None) -> list[ForumPage]:
    """The forums that anybody may see in a language; in the site's first language when this one has none."""
    forums = ForumPage.objects.live().public().order_by("path")
    in_locale = list(forums.filter(locale=locale)) if locale else []
    return in_locale or list(forums.filter(locale=Locale.get_default()))


def public_forum(chosen: ForumPage, locale: Locale | None) -> ForumPage | None:
    """The chosen forum in a language, itself where it is not translated, or None when the public may not see it."""
    forums = ForumPage.objects.live().public()
    if locale is not None and chosen.locale_id != locale.pk:
        translated = forums.filter(translation_key=chosen.translation_key, locale=locale).first()
        if translated:
            return translated
    return forums.filter(pk=chosen.pk).first()


def forum_above(page: AnnouncementPage | EventPage, forums: Sequence[ForumPage]) -> ForumPage | None:
    """Which of `forums` the page stands under, without a query."""
    return next((forum for forum in forums if forum.path == page.path[:-_STEP]), None)


def announcements(forums: Sequence[ForumPage], theme: ForumTheme | None = None) -> PageQuerySet:
    """The published announcements right under these forums, newest first."""
    pages = _children(AnnouncementPage, forums, theme)
    return pages.order_by("-date", "-pk")


def coming_events(forums: Sequence[ForumPage], now: datetime, theme: ForumTheme | None = None) -> PageQuerySet:
    """Events that are not over, the next first; those without a new time last."""
    pages = _children(EventPage, forums, theme).filter(Q(ends_at__gt=now) | Q(ends_at__isnull=True))
    return pages.order_by(F("starts_at").asc(nulls_last=True), "pk")


def past_events(forums: Sequence[ForumPage], now: datetime, theme: ForumTheme | None = None) -> PageQuerySet:
    """Events whose time is over, the latest first; cancelled ones too."""
    return _children(EventPage, forums, theme).filter(ends_at__lte=now).order_by("-starts_at", "-pk")


def next_turn(forums: Sequence[ForumPage], now: datetime) -> datetime | None:
    """The next moment at which an event of these forums begins or ends."""
    events = _children(EventPage, forums, None)
    turns = events.aggregate(
        begins=Min("starts_at", filter=Q(starts_at__gt=now)), ends=Min("ends_at", filter=Q(ends_at__gt=now))
    )
    return min((moment for moment in turns.values() if moment), default=None)


def _children(
    model: type[AnnouncementPage] | type[EventPage], forums: Sequence[ForumPage], theme: ForumTheme | None
) -> PageQuerySet:
    """Live children that have no restriction of their own. Whether the forums may be seen, the caller has made sure of."""
    if not forums:
        return model.objects.none()
    under = reduce(or_, (Q(path__startswith=forum.path, depth=forum.depth + 1) for forum in forums))
    pages = model.objects.filter(under, live=True, view_restrictions__isnull=True).select_related("theme")
    return pages.filter(theme=theme) if theme else pages
