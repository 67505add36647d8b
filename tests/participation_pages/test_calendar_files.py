"""An event's calendar file: its text, and who may fetch it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from home.models import HomePage
from participation_pages.forums.ics import CalendarEvent, calendar_text, escape, fold
from tests.participation_pages import make

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def an_event(**change: object) -> CalendarEvent:
    fields = {"uid": "1@x", "stamp": NOON, "starts_at": NOON, "ends_at": NOON + timedelta(hours=2), "summary": "Retki"}
    return CalendarEvent(**{**fields, **change})


def test_times_are_written_in_utc_and_lines_end_with_crlf() -> None:
    text = calendar_text(an_event(starts_at=datetime.fromisoformat("2026-05-04T15:00:00+03:00")))
    assert "DTSTART:20260504T120000Z\r\n" in text
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")
    assert "STATUS:CONFIRMED\r\n" in text


def test_a_cancelled_event_says_so_to_the_calendar() -> None:
    assert "STATUS:CANCELLED\r\n" in calendar_text(an_event(cancelled=True))


def test_signs_that_mean_something_in_a_calendar_are_escaped() -> None:
    assert escape("a,b;c\\d\ne\r\nf") == "a\\,b\\;c\\\\d\\ne\\nf"


@given(st.text(max_size=400))
def test_no_text_can_add_a_line_of_its_own(text: str) -> None:
    lines = calendar_text(
        an_event(summary=text, location=text or "x", description=text, url=f"https://x/{text}")
    ).split("\r\n")
    starts = [line for line in lines if line and not line.startswith(" ")]
    assert all(":" in line and line.split(":")[0].isupper() for line in starts)
    assert sum(line.startswith("BEGIN:") for line in starts) == 2
    assert all("\n" not in line and "\r" not in line for line in lines)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=400))
def test_folding_keeps_lines_short_and_every_sign_whole(text: str) -> None:
    folded = fold(text)
    assert all(len(line.encode()) <= 75 for line in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == text


def test_a_public_event_can_be_fetched_as_a_calendar_file(client: Client, home_page: HomePage) -> None:
    event = make.event(make.forum(home_page), "Retki, lähimetsään", address="Kankurinkatu 4")
    response = client.get(f"/osallistu/tapahtumat/{event.pk}.ics")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="retki-lahimetsaan.ics"'
    text = response.content.decode()
    assert "SUMMARY:Retki\\, lähimetsään\r\n" in text
    assert "LOCATION:Kaupungintalo\\, Kankurinkatu 4\r\n" in text


def test_a_moved_event_replaces_its_earlier_self_in_the_calendar(client: Client, home_page: HomePage) -> None:
    event = make.event(make.forum(home_page))
    event.save_revision().publish()
    event.refresh_from_db()
    event.first_published_at = event.last_published_at - timedelta(days=1)
    event.save()
    text = client.get(f"/osallistu/tapahtumat/{event.pk}.ics").content.decode()
    assert "SEQUENCE:86400\r\n" in text
    assert f"UID:{event.translation_key}@testserver\r\n" in text


@pytest.mark.parametrize("hidden", ["draft", "private", "private forum", "no time yet", "an announcement", "none"])
def test_what_is_not_a_public_event_with_a_time_is_not_found(client: Client, home_page: HomePage, hidden: str) -> None:
    forum = make.forum(home_page)
    page = make.event(forum)
    if hidden == "draft":
        page.unpublish()
    elif hidden == "private":
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    elif hidden == "private forum":
        PageViewRestriction.objects.create(page=forum, restriction_type="login")
    elif hidden == "no time yet":
        page.status, page.postponed_from, page.starts_at, page.ends_at = "postponed", page.starts_at, None, None
        page.save()
    elif hidden == "an announcement":
        page = make.announcement(forum)
    else:
        page.pk = 10**30
    assert client.get(f"/osallistu/tapahtumat/{page.pk}.ics").status_code == 404
