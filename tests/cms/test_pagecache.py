"""The whole-page cache: who gets what, and what empties it."""

import datetime
import re

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail.models import BaseViewRestriction, PageViewRestriction

from cms.common import pagecache, receipts
from cms.common.formtokens import check_token, placeholder
from cms.common.pagecache import PageCacheMiddleware
from home.models import CitySettings, ContentPage, HomePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def park(home_page: HomePage) -> ContentPage:
    page = ContentPage(title="Puisto", slug="puisto", introduction="Ensin.")
    home_page.add_child(instance=page)
    return page


def state(client: Client, path: str, **extra: str) -> str:
    return client.get(path, **extra).headers.get("X-Page-Cache", "none")


def test_the_second_visitor_gets_the_page_that_the_first_one_made(park: ContentPage) -> None:
    assert state(Client(), "/puisto/") == "miss"
    assert state(Client(), "/puisto/") == "hit"


def test_a_cached_page_costs_one_query(park: ContentPage, django_assert_max_num_queries) -> None:
    Client().get("/puisto/")
    with django_assert_max_num_queries(1):
        assert Client().get("/puisto/").headers["X-Page-Cache"] == "hit"


def test_an_anonymous_page_sets_no_cookie_and_varies_on_nothing(park: ContentPage) -> None:
    for _visit in range(2):
        response = Client().get("/puisto/")
        assert not response.cookies
        assert not response.has_header("Vary")


@pytest.mark.parametrize("change", ["publish", "unpublish", "move", "delete", "save", "restrict", "delete_parent"])
def test_a_change_of_content_is_seen_at_once(change: str, park: ContentPage, home_page: HomePage) -> None:
    child = park.add_child(instance=ContentPage(title="Alla", slug="alla"))
    path = "/puisto/alla/"
    assert (state(Client(), path), state(Client(), path)) == ("miss", "hit")
    if change == "publish":
        child.introduction = "Uutta."
        child.save_revision().publish()
    elif change == "unpublish":
        child.unpublish()
    elif change == "move":
        child.move(home_page, pos="last-child")
    elif change == "delete":
        child.delete()
    elif change == "save":
        child.introduction = "Uutta."
        child.save()
    elif change == "restrict":
        PageViewRestriction.objects.create(page=park, restriction_type=BaseViewRestriction.LOGIN)
    else:
        ContentPage.objects.get(pk=park.pk).delete()
    response = Client().get(path)
    assert response.headers.get("X-Page-Cache") != "hit"
    if change in ("publish", "save"):
        assert "Uutta." in response.content.decode()
    else:
        assert response.status_code in (301, 302, 404)


def test_a_draft_leaves_the_cache_alone_and_is_not_seen(park: ContentPage) -> None:
    park = ContentPage.objects.get(pk=park.pk)
    Client().get("/puisto/")
    park.introduction = "Luonnos."
    park.save_revision()
    response = Client().get("/puisto/")
    assert response.headers["X-Page-Cache"] == "hit"
    assert "Luonnos." not in response.content.decode()


def test_an_editors_preview_neither_takes_from_the_cache_nor_fills_it(park: ContentPage) -> None:
    Client().get("/puisto/")
    park.introduction = "Luonnos."
    preview = park.make_preview_request()
    assert "Luonnos." in preview.content.decode()
    caches["default"].clear()
    park.make_preview_request()
    assert "Luonnos." not in Client().get("/puisto/").content.decode()


def test_changed_settings_of_the_city_are_seen_at_once(park: ContentPage, home_page: HomePage) -> None:
    Client().get("/puisto/")
    city = CitySettings.for_site(home_page.get_site())
    city.name = "Toinen kaupunki"
    city.save()
    assert "Toinen kaupunki" in Client().get("/puisto/").content.decode()


@pytest.mark.parametrize("cookie", ["sessionid", "csrftoken", "messages", receipts.COOKIE])
def test_who_brings_a_cookie_of_their_own_neither_gets_nor_fills_the_cache(cookie: str, park: ContentPage) -> None:
    visitor = Client()
    visitor.cookies[cookie] = "x" * 32
    assert state(visitor, "/puisto/") == "none"
    assert state(Client(), "/puisto/") == "miss"
    assert state(visitor, "/puisto/") == "none"


def test_a_signed_in_editor_neither_gets_nor_fills_the_cache(park: ContentPage) -> None:
    editor = Client()
    editor.force_login(get_user_model().objects.create_superuser("editor"))
    assert state(editor, "/puisto/") == "none"
    assert editor.get("/puisto/").headers["Cache-Control"].startswith("private")
    assert state(Client(), "/puisto/") == "miss"


def test_errors_are_not_cached(home_page: HomePage) -> None:
    for _visit in range(2):
        response = Client().get("/ei-ole/")
        assert response.status_code == 404
        assert not response.has_header("X-Page-Cache")


def test_another_query_host_or_scheme_is_another_page(park: ContentPage) -> None:
    Client().get("/puisto/")
    assert state(Client(), "/puisto/?a=1") == "miss"
    assert state(Client(), "/puisto/", HTTP_HOST="example.com") == "miss"
    assert Client().get("/puisto/", secure=True).headers["X-Page-Cache"] == "miss"


def test_a_foreign_host_header_is_refused_and_not_stored(park: ContentPage) -> None:
    assert Client().get("/puisto/", HTTP_HOST="evil.test").status_code == 400
    assert "evil.test" not in Client().get("/puisto/").content.decode()


def test_a_huge_query_is_answered_and_not_stored(park: ContentPage) -> None:
    for _visit in range(2):
        response = Client().get("/puisto/?" + "a" * 5000)
        assert response.status_code == 200
        assert not response.has_header("X-Page-Cache")


def test_head_is_answered_from_the_cache_but_does_not_fill_it(park: ContentPage) -> None:
    assert Client().head("/puisto/").headers.get("X-Page-Cache") is None
    Client().get("/puisto/")
    response = Client().head("/puisto/")
    assert response.headers["X-Page-Cache"] == "hit"
    assert response.content == b""


def rendered(view, **request_fields) -> HttpResponse:
    request = RequestFactory().get("/")
    for name, value in request_fields.items():
        setattr(request, name, value)
    return PageCacheMiddleware(view)(request)


def test_two_visitors_get_different_form_tokens_from_the_same_cached_page() -> None:
    calls = []

    def view(_request: HttpRequest) -> HttpResponse:
        calls.append(1)
        return HttpResponse(f'<input name="form_token" value="{placeholder()}">')

    pages = [rendered(view) for _visitor in range(2)]
    tokens = [re.search('value="([^"]+)"', page.content.decode()).group(1) for page in pages]
    assert len(calls) == 1
    assert tokens[0] != tokens[1]
    assert all(check_token(token).valid for token in tokens)
    assert all(page["Cache-Control"].startswith("private") for page in pages)


def test_what_time_changes_is_rendered_anew_when_the_time_has_come() -> None:
    start = datetime.datetime(2026, 3, 1, 8, tzinfo=datetime.UTC)
    opening = start + datetime.timedelta(minutes=10)

    def view(request: HttpRequest) -> HttpResponse:
        pagecache.valid_until(request, opening + datetime.timedelta(days=1))
        pagecache.valid_until(request, opening)
        return HttpResponse("auki" if timezone.now() >= opening else "kiinni")

    with time_machine.travel(start, tick=False) as clock:
        assert rendered(view).content == b"kiinni"
        clock.move_to(opening - datetime.timedelta(seconds=1))
        assert rendered(view)["X-Page-Cache"] == "hit"
        clock.move_to(opening)
        assert rendered(view).content == b"auki"


def test_what_a_view_keeps_private_is_not_stored() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        pagecache.keep_private(request)
        return HttpResponse("salaisuus")

    assert [rendered(view).headers.get("X-Page-Cache") for _visit in range(2)] == [None, None]


def test_what_changes_while_a_page_is_rendered_is_not_kept_from_the_next_visitor() -> None:
    answers = iter([b"vanha", b"uusi"])

    def view(_request: HttpRequest) -> HttpResponse:
        answer = next(answers)
        if answer == b"vanha":
            pagecache.invalidate()  # somebody publishes meanwhile
        return HttpResponse(answer)

    assert rendered(view).content == b"vanha"
    assert rendered(view).content == b"uusi"


def test_a_missing_shared_cache_makes_pages_slow_and_no_error(monkeypatch) -> None:
    def broken(*_args, **_kwargs):
        raise ConnectionError

    monkeypatch.setattr(caches["shared"], "get", broken)
    response = rendered(lambda _request: HttpResponse("sivu"))
    assert response.content == b"sivu"
    assert not response.has_header("X-Page-Cache")


def test_a_missing_page_cache_makes_pages_slow_and_no_error(monkeypatch) -> None:
    def broken(*_args, **_kwargs):
        raise ConnectionError

    monkeypatch.setattr(caches["default"], "set", broken)
    monkeypatch.setattr(caches["default"], "get", broken)
    assert rendered(lambda _request: HttpResponse("sivu")).content == b"sivu"


def test_a_stored_page_is_small() -> None:
    entry = pagecache._Entry.of(HttpResponse("<p>sama rivi</p>" * 3000))
    assert len(entry.packed) < 2000
    assert entry.to_response().content == b"<p>sama rivi</p>" * 3000


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_version_in_a_cache_outside_the_database_moves_on_again_at_commit(monkeypatch) -> None:
    stored = []
    monkeypatch.setattr(caches["shared"], "set", lambda _key, value, **_options: stored.append(value))
    with transaction.atomic():
        pagecache.invalidate()
        pagecache.invalidate()
        assert len(stored) == 2
    assert len(set(stored)) == 3  # the last one at commit, once


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_rolled_back_savepoint_does_not_swallow_the_move_at_commit(monkeypatch) -> None:
    stored = []
    monkeypatch.setattr(caches["shared"], "set", lambda _key, value, **_options: stored.append(value))
    with transaction.atomic():
        with pytest.raises(RuntimeError), transaction.atomic():
            pagecache.invalidate()
            raise RuntimeError
        pagecache.invalidate()
        before = len(stored)
    assert len(stored) == before + 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_rolled_back_change_leaves_the_cached_pages_valid() -> None:
    version = pagecache.current_version()
    with pytest.raises(RuntimeError), transaction.atomic():
        pagecache.invalidate()
        raise RuntimeError
    assert pagecache.current_version() == version
