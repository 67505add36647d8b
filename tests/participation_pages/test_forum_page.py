"""A forum's own page, its announcements and its events."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from cms.common.pagecache import invalidate
from home.models import HomePage
from participation_pages.models import AnnouncementPage, EventPage, ForumPage
from tests.participation_pages import make


@pytest.fixture
def forum(home_page: HomePage) -> ForumPage:
    return make.forum(home_page)


def seen(client: Client, forum: ForumPage, **query: str) -> str:
    response = client.get(forum.url, query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_begins_with_the_latest_and_the_next(client: Client, forum: ForumPage) -> None:
    make.announcement(forum, "Uutinen")
    make.event(forum, "Retki")
    make.event(forum, "Mennyt retki", starts_in=timedelta(days=-3))
    page = seen(client, forum)
    assert "Uutinen" in page and "Retki" in page
    assert "Mennyt retki" not in page


def test_past_events_are_held_and_cancelled_ones_stay_cancelled(client: Client, forum: ForumPage) -> None:
    make.event(forum, "Pidetty retki", starts_in=timedelta(days=-3))
    make.event(forum, "Peruttu retki", starts_in=timedelta(days=-2), status="cancelled", cancel_reason="Myrsky")
    make.event(forum, "Tuleva retki")
    page = seen(client, forum, show="past")
    assert page.index("Peruttu retki") < page.index("Pidetty retki")
    assert "badge--neutral" in page and "Myrsky" in page
    assert "Tuleva retki" not in page


def test_a_list_is_paged_and_the_theme_stays_in_the_links(client: Client, forum: ForumPage) -> None:
    theme = make.theme()
    for day in range(1, 16):
        make.announcement(forum, f"Tiedote {day}.", date=date(2026, 3, day), theme=theme)
    make.announcement(forum, "Toinen aihe")
    first = seen(client, forum, show="announcements", theme="luonto")
    assert "Tiedote 15." in first and "Tiedote 3." not in first and "Toinen aihe" not in first
    assert "?show=announcements&amp;theme=luonto&amp;page=2" in first
    second = seen(client, forum, show="announcements", theme="luonto", page="2")
    assert "Tiedote 3." in second and "Tiedote 15." not in second


def test_an_empty_theme_offers_all_themes(client: Client, forum: ForumPage) -> None:
    make.theme()
    make.announcement(forum, "Uutinen")
    page = seen(client, forum, theme="luonto")
    assert "Tässä teemassa ei ole mitään" in page
    assert "Näytä kaikki teemat" in page


@pytest.mark.parametrize(
    "query",
    [
        "page=-1",
        "page=0",
        "page=99999999999999999999999999",
        "page=%00",
        "page=abc",
        "page=٣",
        "theme=%00",
        "theme=%ED%A0%80",
        "theme=null",
        "theme=1%20OR%201",
        "theme=luonto&theme=muu",
        "show=%00&theme[]=x",
        "show=coming&page=77",
        "show=held",
        "x=" + "y" * 5000,
        "&".join(f"theme=t{number}" for number in range(500)),
    ],
)
def test_junk_in_the_address_is_left_out(client: Client, forum: ForumPage, query: str) -> None:
    make.theme()
    make.announcement(forum, "Uutinen")
    response = client.get(f"{forum.url}?{query}")
    assert response.status_code == 200


def test_children_that_are_drafts_or_private_do_not_show(client: Client, forum: ForumPage) -> None:
    make.announcement(forum, "Salainen luonnos").unpublish()
    PageViewRestriction.objects.create(page=make.event(forum, "Salainen retki"), restriction_type="login")
    for show in ("", "announcements", "coming", "past"):
        assert "Salainen" not in seen(client, forum, show=show)


@pytest.mark.parametrize("show", ["", "announcements", "coming", "past"])
def test_the_number_of_queries_does_not_grow_with_the_rows(client: Client, forum: ForumPage, show: str) -> None:
    def fill(numbers: range) -> None:
        for number in numbers:
            theme = make.theme(f"T{number}", f"t{number}")
            make.announcement(forum, f"A{number}", theme=theme)
            make.event(forum, f"C{number}", theme=theme)
            make.event(forum, f"P{number}", theme=theme, starts_in=timedelta(days=-3))

    def queries() -> int:
        seen(client, forum, show=show)
        invalidate()
        with CaptureQueriesContext(connection) as caught:
            seen(client, forum, show=show)
        return len(caught)

    fill(range(2))
    few = queries()
    fill(range(2, 15))
    # A second page of the list brings links, not queries.
    assert queries() == few


def test_announcement_and_event_stand_only_below_a_forum(forum: ForumPage, home_page: HomePage) -> None:
    for model in (AnnouncementPage, EventPage):
        assert model.can_exist_under(forum)
        assert not model.can_exist_under(home_page)
        assert model.allowed_subpage_models() == []
    assert set(ForumPage.allowed_subpage_models()) == {AnnouncementPage, EventPage}


def test_an_event_tells_its_time_place_and_way_into_a_calendar(client: Client, forum: ForumPage) -> None:
    event = make.event(forum, address="Kankurinkatu 4", theme=make.theme())
    page = client.get(event.url).content.decode()
    for words in (
        "Kaupungintalo",
        "Kankurinkatu 4",
        "Luonto",
        "Tulossa",
        f"/osallistu/tapahtumat/{event.pk}.ics",
        forum.url,
    ):
        assert words in page


def test_a_cancelled_event_says_why_at_the_top(client: Client, forum: ForumPage) -> None:
    event = make.event(forum, status="cancelled", cancel_reason="Ohjaaja sairastui.")
    page = client.get(event.url).content.decode()
    assert page.index("Tapahtuma on peruttu") < page.index("Ohjaaja sairastui.") < page.index("Paikka")


def test_a_moved_event_shows_its_old_date_and_its_new_one(client: Client, forum: ForumPage) -> None:
    event = make.event(forum)
    event.status, event.postponed_from = "postponed", event.starts_at
    event.starts_at, event.ends_at = None, None
    event.full_clean()
    event.save()
    page = client.get(event.url).content.decode()
    assert "Tapahtuma on siirretty" in page
    assert "Uusi aika ilmoitetaan myöhemmin" in page
    assert ".ics" not in page


def test_an_announcement_carries_its_date_and_leads_back_to_the_forum(client: Client, forum: ForumPage) -> None:
    page = client.get(make.announcement(forum, date=date(2026, 3, 9)).url).content.decode()
    assert "9. maaliskuuta 2026" in page
    assert f'href="{forum.url}"' in page


def test_a_theme_speaks_the_visitors_language_when_it_can(forum: ForumPage) -> None:
    from django.utils.translation import override

    theme = make.theme(name_en="Nature")
    names = {}
    for code in ("fi", "en", "sv"):
        with override(code):
            names[code] = str(theme)
    assert names == {"fi": "Luonto", "en": "Nature", "sv": "Luonto"}
