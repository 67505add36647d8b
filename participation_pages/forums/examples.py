"""What the block menu and the block catalogue show in place of an installation's own announcements and events."""

from datetime import datetime, timedelta

from django.utils import timezone

from participation_pages.forums.cards import AnnouncementCard, EventCard
from participation_pages.forums.domain import EventState


def example_announcements() -> list[AnnouncementCard]:
    """Two announcements of the environment forum."""
    today = timezone.localdate()
    forum = "Ympäristöfoorumi"
    return [
        AnnouncementCard(
            "Vuoden teemana on lähiluonto", "#", today, "Foorumi kokosi kevään ohjelman.", "Luonto", forum
        ),
        AnnouncementCard(
            "Foorumi mukana kirjastossa",
            "#",
            today - timedelta(days=9),
            "Tule kertomaan, mitä toivot.",
            "Kestävä arki",
            forum,
        ),
    ]


def example_events() -> list[EventCard]:
    """An event of each state that has not been held yet."""
    day = timezone.localtime().replace(hour=17, minute=0, second=0, microsecond=0) + timedelta(days=14)
    return [
        _event("Lähiluontokävely", day, EventState.PLANNED),
        _event(
            "Siivoustalkoot", day + timedelta(days=21), EventState.POSTPONED, postponed_from=day + timedelta(days=7)
        ),
        _event("Lintuilta", day + timedelta(days=30), EventState.CANCELLED, cancel_reason="Opas on estynyt."),
    ]


def example_past_events() -> list[EventCard]:
    """An event that has been held."""
    day = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=12)
    return [_event("Pönttötalkoot", day, EventState.HELD)]


def _event(
    title: str, day: datetime, state: EventState, postponed_from: datetime | None = None, cancel_reason: str = ""
) -> EventCard:
    return EventCard(
        title=title,
        url="#",
        state=state,
        starts_at=day,
        ends_at=day + timedelta(hours=2),
        place="Sveitsin alue",
        postponed_from=postponed_from,
        cancel_reason=cancel_reason,
        theme="Luonto",
        forum="Ympäristöfoorumi",
    )
