"""What the base template shows around every page. Nothing is read before a template asks for it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from wagtail.models import Page

from home.selectors import LANGUAGE_NAMES, Chrome, breadcrumbs_of, chrome_for, translations_of


def site(request: HttpRequest) -> dict[str, Any]:
    """`city`, `home_url`, `navigation`, `language_links`, `breadcrumbs`: see each function for its shape."""

    def chrome() -> Chrome:
        if not hasattr(request, "_chrome"):
            request._chrome = chrome_for(request)  # type: ignore[attr-defined]
        return request._chrome  # type: ignore[attr-defined]

    return {
        "city": SimpleLazyObject(lambda: chrome().city),
        "home_url": SimpleLazyObject(lambda: chrome().home_url),
        "navigation": SimpleLazyObject(lambda: navigation(request, chrome())),
        "language_links": SimpleLazyObject(lambda: language_links(request, chrome())),
        "breadcrumbs": SimpleLazyObject(lambda: breadcrumbs(request)),
    }


def page_of(request: HttpRequest) -> Page | None:
    """The page that the address led to, or that a refused form came back to."""
    if (carrying := getattr(request, "carrying_page", None)) is not None:
        return carrying
    route = getattr(request, "_wagtail_route_for_request", None)
    return route.page if route else None


def navigation(request: HttpRequest, chrome: Chrome) -> list[dict[str, Any]]:
    """List of {title, url, current, children: [{title, url, current}]}; `current` also marks what is above the page."""
    path = request.path
    return [
        {
            "title": item.title,
            "url": item.url,
            "current": bool(item.url) and path.startswith(item.url),
            "children": [
                {"title": child.title, "url": child.url, "current": bool(child.url) and path.startswith(child.url)}
                for child in item.children
            ],
        }
        for item in chrome.navigation
    ]


def language_links(request: HttpRequest, chrome: Chrome) -> list[dict[str, Any]]:
    """List of {code, label, url, current}: only what exists and is public, never a way to a 404."""
    page, match = page_of(request), request.resolver_match
    if page is not None:
        urls = translations_of(page)
    elif match is None or match.view_name in (None, "wagtail_serve"):
        urls = chrome.homes  # an address that leads nowhere: offer the front pages
    else:
        urls = {code: translate_url(request.get_full_path(), code) for code in chrome.homes}
    active = get_language()
    return [
        {"code": code, "label": LANGUAGE_NAMES.get(code, code), "url": urls[code], "current": code == active}
        for code, _name in settings.LANGUAGES
        if code in urls
    ]


def breadcrumbs(request: HttpRequest) -> list[dict[str, str]]:
    """List of {title, url} from the front page to this one; views of records pass their own."""
    page = page_of(request)
    return breadcrumbs_of(page) if page is not None else []
