"""Builders of the pages that these tests need."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from participation_pages.models import AnnouncementPage, EventPage, ForumPage, ForumTheme


def forum(parent: Page, title: str = "Ympäristöfoorumi", **fields: Any) -> ForumPage:
    return parent.add_child(instance=ForumPage(title=title, locale=parent.locale, **fields))


def announcement(forum: ForumPage, title: str = "Uusi teema", **fields: Any) -> AnnouncementPage:
    fields.setdefault("date", date(2026, 3, 1))
    return forum.add_child(instance=AnnouncementPage(title=title, locale=forum.locale, **fields))


def event(
    forum: ForumPage, title: str = "Kevätretki", *, starts_in: timedelta | None = None, **fields: Any
) -> EventPage:
    """An event of two hours, in a week unless said otherwise."""
    if "starts_at" not in fields:
        # Revisions keep milliseconds.
        fields["starts_at"] = timezone.now().replace(microsecond=0) + (
            timedelta(days=7) if starts_in is None else starts_in
        )
    if "ends_at" not in fields:
        starts_at: datetime | None = fields["starts_at"]
        fields["ends_at"] = starts_at + timedelta(hours=2) if starts_at else None
    fields.setdefault("place", "Kaupungintalo")
    return forum.add_child(instance=EventPage(title=title, locale=forum.locale, **fields))


def theme(name: str = "Luonto", slug: str = "luonto", **fields: Any) -> ForumTheme:
    return ForumTheme.objects.create(name=name, slug=slug, **fields)
