"""robots.txt, the sitemap, the icon and the health check."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from wagtail.models import BaseViewRestriction, Locale, PageViewRestriction

from home.models import ContentPage, HomePage

pytestmark = pytest.mark.django_db


def test_robots_are_kept_out_of_the_admin_and_told_of_the_sitemap(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    assert "Disallow: /admin/" in response.content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in response.content.decode()


def test_the_sitemap_lists_public_pages_of_every_language_and_nothing_else(home_page: HomePage, client: Client) -> None:
    home_page.add_child(instance=ContentPage(title="Julki", slug="julki"))
    home_page.add_child(instance=ContentPage(title="Luonnos", slug="luonnos", live=False))
    secret = home_page.add_child(instance=ContentPage(title="Salainen", slug="salainen"))
    PageViewRestriction.objects.create(page=secret, restriction_type=BaseViewRestriction.LOGIN)
    home_page.copy_for_translation(Locale.objects.create(language_code="en")).save_revision().publish()
    text = client.get("/sitemap.xml").content.decode()
    assert "/julki/" in text
    assert "/en/" in text
    assert "luonnos" not in text
    assert "salainen" not in text


def test_browsers_that_ask_for_the_old_icon_get_the_drawn_one(client: Client) -> None:
    assert client.get("/favicon.ico")["Location"].endswith("favicon.svg")


def test_a_healthy_site_says_so_and_is_never_cached(client: Client) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"healthy": True, "database": True, "cache": True}
    assert "no-store" in response["Cache-Control"]
    assert not response.has_header("X-Page-Cache")


def test_a_missing_cache_is_told_without_a_reason(client: Client, monkeypatch) -> None:
    def broken(*_args, **_kwargs):
        raise ConnectionError("redis://secret@host")

    monkeypatch.setattr(caches["shared"], "set", broken)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json() == {"healthy": False, "database": True, "cache": False}


def test_a_missing_database_is_told_too(client: Client, monkeypatch) -> None:
    def broken(*_args, **_kwargs):
        raise ConnectionError

    monkeypatch.setattr(connection, "cursor", broken)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["database"] is False


def test_a_cache_that_forgets_is_not_healthy(client: Client, monkeypatch) -> None:
    monkeypatch.setattr(caches["shared"], "get", lambda *_args, **_kwargs: None)
    assert client.get("/healthz").status_code == 503
