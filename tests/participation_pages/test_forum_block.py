"""The block of announcements and events: what residents and editors see of it."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Locale, PageViewRestriction

from cms.common.pagecache import invalidate
from home.models import HomePage
from participation_pages.forums.blocks import ForumAnnouncementsBlock
from tests.participation_pages import make


def put_block(page: HomePage, **value: Any) -> str:
    """Put a forum block on the page; its id."""
    block_id = str(uuid.uuid4())
    page.body = [*page.body.raw_data, {"type": "forum_announcements", "id": block_id, "value": value}]
    page.save_revision().publish()
    return block_id


def seen(client: Client, path: str = "/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_the_latest_announcements_come_first_and_no_more_than_asked(client: Client, home_page: HomePage) -> None:
    forum = make.forum(home_page)
    for day in range(1, 6):
        make.announcement(forum, f"Tiedote {day}.", date=date(2026, 3, day))
    put_block(home_page, announcements=2, events=0)
    page = seen(client)
    assert page.index("Tiedote 5.") < page.index("Tiedote 4.")
    assert "Tiedote 3." not in page


def test_the_next_event_comes_first_and_past_ones_are_left_out(client: Client, home_page: HomePage) -> None:
    forum = make.forum(home_page)
    make.event(forum, "Myöhempi", starts_in=timedelta(days=9))
    make.event(forum, "Seuraava", starts_in=timedelta(days=2))
    make.event(forum, "Mennyt", starts_in=timedelta(days=-2))
    make.event(forum, "Avoin", status="postponed", postponed_from=timezone.now(), starts_at=None)
    put_block(home_page, announcements=0, events=9, past_events=0)
    page = seen(client)
    assert page.index("Seuraava") < page.index("Myöhempi") < page.index("Avoin")
    assert "Mennyt" not in page


def test_events_that_were_held_follow_the_coming_ones_the_latest_first(client: Client, home_page: HomePage) -> None:
    forum = make.forum(home_page)
    make.event(forum, "Tuleva")
    for days in (1, 2, 3):
        make.event(forum, f"Pidetty {days}.", starts_in=-timedelta(days=days))
    put_block(home_page, announcements=0, events=9, past_events=2)
    page = seen(client)
    assert page.index("Tuleva") < page.index("Menneet tapahtumat") < page.index("Pidetty 1.") < page.index("Pidetty 2.")
    assert "Pidetty 3." not in page
    assert "badge--neutral" in page


def test_each_state_of_an_event_is_written_out(client: Client, home_page: HomePage) -> None:
    forum = make.forum(home_page)
    make.event(forum, "Tuleva")
    make.event(forum, "Menossa", starts_in=timedelta(minutes=-5))
    make.event(
        forum, "Siirtynyt", status="postponed", postponed_from=timezone.make_aware(timezone.datetime(2026, 1, 5, 18))
    )
    make.event(forum, "Peruuntunut", status="cancelled", cancel_reason="Ohjaaja sairastui.")
    put_block(home_page, announcements=0, events=9)
    page = seen(client)
    for words in ("badge--info", "Tulossa", "badge--success", "Käynnissä nyt", "badge--warning", "Siirretty"):
        assert words in page
    for words in ("badge--danger", "Peruttu", "Ohjaaja sairastui.", "5. tammikuuta 2026</del>"):
        assert words in page


def test_a_block_of_one_forum_leaves_the_others_out(client: Client, home_page: HomePage) -> None:
    chosen, other = make.forum(home_page), make.forum(home_page, "Kulttuurifoorumi")
    make.announcement(chosen, "Meidän uutinen")
    make.announcement(other, "Muiden uutinen")
    make.event(other, "Muiden tapahtuma")
    put_block(home_page, forum=chosen.pk, announcements=3, events=3)
    page = seen(client)
    assert "Meidän uutinen" in page
    assert "Muiden" not in page
    assert chosen.url in page


def test_a_block_of_all_forums_names_the_forum_of_each(client: Client, home_page: HomePage) -> None:
    make.announcement(make.forum(home_page), "Yksi")
    make.announcement(make.forum(home_page, "Kulttuurifoorumi"), "Kaksi")
    put_block(home_page, announcements=3, events=3)
    assert {"Ympäristöfoorumi", "Kulttuurifoorumi"} <= set(seen(client).replace("<", ">").split(">"))


def test_a_theme_narrows_both_lists(client: Client, home_page: HomePage) -> None:
    forum, nature = make.forum(home_page), make.theme()
    make.announcement(forum, "Luontouutinen", theme=nature)
    make.announcement(forum, "Muu uutinen")
    make.event(forum, "Luontoretki", theme=nature)
    make.event(forum, "Muu retki")
    put_block(home_page, theme=nature.pk, announcements=3, events=3)
    page = seen(client)
    assert "Luontouutinen" in page and "Luontoretki" in page
    assert "Muu uutinen" not in page and "Muu retki" not in page


def test_without_anything_to_show_the_block_says_so(client: Client, home_page: HomePage) -> None:
    put_block(home_page, announcements=3, events=3)
    page = seen(client)
    assert "Ei vielä tiedotteita" in page
    assert "Ei tulevia tapahtumia" in page


@pytest.mark.parametrize("hidden", ["draft", "private", "forum is a draft", "forum is private"])
def test_what_the_public_may_not_see_is_not_in_any_block(client: Client, home_page: HomePage, hidden: str) -> None:
    forum = make.forum(home_page)
    news, event = make.announcement(forum, "Salainen uutinen"), make.event(forum, "Salainen retki")
    if hidden == "draft":
        news.unpublish()
        event.unpublish()
    elif hidden == "private":
        for page in (news, event):
            PageViewRestriction.objects.create(page=page, restriction_type="login")
    elif hidden == "forum is a draft":
        forum.unpublish()
    else:
        PageViewRestriction.objects.create(page=forum, restriction_type="password", password="x")
    put_block(home_page, announcements=3, events=3)
    put_block(home_page, forum=forum.pk, announcements=3, events=3)
    assert "Salainen" not in seen(client)


@pytest.mark.parametrize("fate", ["unpublished", "deleted", "private"])
def test_a_forum_that_is_gone_leaves_a_notice_and_does_not_turn_into_all_forums(
    client: Client, home_page: HomePage, fate: str
) -> None:
    gone, other = make.forum(home_page), make.forum(home_page, "Kulttuurifoorumi")
    make.announcement(other, "Muiden uutinen")
    put_block(home_page, scope="one", forum=gone.pk, announcements=3, events=3)
    if fate == "unpublished":
        gone.unpublish()
    elif fate == "deleted":
        gone.delete()
    else:
        PageViewRestriction.objects.create(page=gone, restriction_type="login")
    page = seen(client)
    assert "Foorumin tiedotteet eivät ole nyt saatavilla" in page
    assert "Muiden uutinen" not in page
    assert "Vain sinulle" not in page


@pytest.mark.parametrize(("fate", "reason"), [("unpublished", "ei ole julkaistu"), ("deleted", "on poistettu")])
def test_an_editor_sees_in_the_preview_why_the_block_is_empty(home_page: HomePage, fate: str, reason: str) -> None:
    forum = make.forum(home_page)
    put_block(home_page, scope="one", forum=forum.pk, announcements=3, events=3)
    forum.unpublish() if fate == "unpublished" else forum.delete()
    home_page.refresh_from_db()
    response = home_page.make_preview_request()
    assert reason in response.content.decode()


def clean(**value: Any) -> dict[str, Any]:
    block = ForumAnnouncementsBlock()
    return block.clean(block.normalize({"announcements": 3, "events": 3, **value}))


def test_choosing_a_forum_is_enough_to_mean_that_one(home_page: HomePage) -> None:
    assert clean(forum=make.forum(home_page))["scope"] == "one"


def test_one_forum_without_saying_which_is_refused_at_the_chooser() -> None:
    with pytest.raises(StructBlockValidationError) as caught:
        clean(scope="one")
    assert list(caught.value.block_errors) == ["forum"]


@pytest.mark.parametrize(
    ("counts", "field"),
    [({"announcements": 0, "events": 0, "past_events": 0}, "announcements"), ({"events": 13}, "events")],
)
def test_counts_that_make_no_sense_are_refused(counts: dict[str, int], field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        clean(**counts)
    assert list(caught.value.block_errors) == [field]


def test_on_an_english_page_the_block_shows_the_forums_english_pages(client: Client, home_page: HomePage) -> None:
    english = Locale.objects.create(language_code="en")
    home_en = home_page.copy_for_translation(english)
    home_en.save_revision().publish()
    forum = make.forum(home_page)
    make.announcement(forum, "Suomenkielinen")
    forum_en = forum.copy_for_translation(english)
    forum_en.title = "Environment forum"
    forum_en.save_revision().publish()
    make.announcement(forum_en, "In English")
    make.theme()
    for page in (home_page, home_en):
        page.refresh_from_db()
        put_block(page, forum=forum.pk, announcements=3, events=3)
    assert "In English" in seen(client, "/en/") and "Suomenkielinen" not in seen(client, "/en/")
    assert "Suomenkielinen" in seen(client) and "In English" not in seen(client)


def test_a_forum_that_is_not_translated_shows_in_its_own_language(client: Client, home_page: HomePage) -> None:
    home_en = home_page.copy_for_translation(Locale.objects.create(language_code="en"))
    make.announcement(make.forum(home_page), "Vain suomeksi")
    put_block(home_en, announcements=3, events=3)
    assert "Vain suomeksi" in seen(client, "/en/")


def test_texts_of_pages_are_shown_as_text(client: Client, home_page: HomePage) -> None:
    attack = "<script>alert(1)</script>"
    forum = make.forum(home_page, f"F{attack}")
    make.announcement(forum, f"A{attack}", introduction=attack, theme=make.theme(name=f"T{attack}"))
    make.event(forum, f"E{attack}", place=attack, status="cancelled", cancel_reason=attack)
    put_block(home_page, heading=attack, announcements=3, events=3)
    page = seen(client)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_number_of_queries_does_not_grow_with_the_rows(client: Client, home_page: HomePage) -> None:
    for number in range(3):
        forum = make.forum(home_page, f"Foorumi {number}")
        make.announcement(forum, f"A {number}", theme=make.theme(f"T{number}", f"t{number}"))
        make.event(forum, f"E {number}")
    put_block(home_page, announcements=12, events=12)
    few = count_queries(client)
    for number in range(3, 9):
        forum = make.forum(home_page, f"Foorumi {number}")
        make.announcement(forum, f"A {number}", theme=make.theme(f"T{number}", f"t{number}"))
        make.event(forum, f"E {number}")
    assert count_queries(client) == few


def count_queries(client: Client) -> int:
    seen(client)
    invalidate()
    with CaptureQueriesContext(connection) as caught:
        seen(client)
    return len(caught)


def test_the_cached_page_lives_no_longer_than_until_the_next_turn_of_an_event(home_page: HomePage) -> None:
    event = make.event(make.forum(home_page), starts_in=timedelta(hours=3))
    make.event(event.get_parent().specific, "Myöhempi")
    put_block(home_page, announcements=3, events=3)
    home_page.refresh_from_db()
    request = RequestFactory().get("/")
    response = home_page.serve(request)
    response.render()
    assert request._page_valid_until == event.starts_at
