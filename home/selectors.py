"""What stands around every page: the city, its menu and the other languages.

All of it but the mark of the current page is the same for everybody, so it is kept in the cache under the content version
(`cms.common.pagecache`) and costs no query while content stays as it is. Only live, unrestricted pages are in it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.models import Page, Site

from cms.common.pagecache import version_for
from home.css import city_stylesheet
from home.models import CitySettings

LANGUAGE_NAMES = {"fi": "suomeksi", "sv": "på svenska", "en": "in English"}


@dataclass(frozen=True, slots=True)
class Link:
    """A link; `name` is the same word under another name, for lists of services."""

    title: str
    url: str

    @property
    def name(self) -> str:
        return self.title


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A page of the menu and the pages below it."""

    title: str
    url: str
    children: tuple[MenuItem, ...] = ()


@dataclass(frozen=True, slots=True)
class City:
    """The site's settings in one language. `css_url` names its colours and changes when they do."""

    name: str
    tagline: str
    organisation: str
    logo: Any
    contact_email: str
    contact_phone: str
    address: str
    footer_links: tuple[Link, ...]
    social_links: tuple[Link, ...]
    map_latitude: float
    map_longitude: float
    css_url: str


@dataclass(frozen=True, slots=True)
class Chrome:
    """Everything that the base template shows around a page. `homes`: language code → address of its front page."""

    city: City
    navigation: tuple[MenuItem, ...]
    home_url: str
    homes: dict[str, str]


def settings_for(site: Site | None) -> CitySettings:
    """The site's settings, or the defaults (unsaved) when nobody has saved any: reading never writes."""
    found = CitySettings.base_queryset().filter(site=site).first() if site else None
    return found or CitySettings()


def chrome_for(request: HttpRequest) -> Chrome:
    """What stands around the request's page, in the active language."""
    site, language = Site.find_for_request(request), get_language() or "fi"
    key = f"chrome:{site.pk if site else 0}:{language}:{version_for(request)}"
    chrome: Chrome | None = cache.get(key)
    if chrome is None:
        chrome = _build_chrome(site, language)
        cache.set(key, chrome, 3600)
    return chrome


def home_pages(site: Site | None) -> dict[str, Page]:
    """Language code → its live, unrestricted front page; the site's own root first."""
    if site is None:
        return {}
    root = Page.objects.select_related("locale").get(pk=site.root_page_id)
    translations = (
        Page.objects.filter(translation_key=root.translation_key)
        .live()
        .public()
        .select_related("locale")
        .order_by("pk")
    )
    return {page.locale.language_code: page for page in translations}


def _build_chrome(site: Site | None, language: str) -> Chrome:
    homes = home_pages(site)
    home = homes.get(language) or next(iter(homes.values()), None)
    return Chrome(
        city=_build_city(settings_for(site), language),
        navigation=_build_navigation(home) if home else (),
        home_url=(home.url if home else None) or "/",
        homes={code: page.url or "/" for code, page in homes.items()},
    )


def _build_city(city: CitySettings, language: str) -> City:
    digest = hashlib.sha256(city_stylesheet(city).encode()).hexdigest()[:12]
    saved = city.pk is not None
    return City(
        name=city.name,
        tagline=city.tagline,
        organisation=city.organisation,
        logo=city.logo,
        contact_email=city.contact_email,
        contact_phone=city.contact_phone,
        address=city.address,
        footer_links=_footer_links(city, language) if saved else (),
        social_links=tuple(Link(link.name, link.url) for link in city.social_links.all()) if saved else (),
        map_latitude=float(city.map_latitude),
        map_longitude=float(city.map_longitude),
        css_url=f"{reverse('city_css')}?v={digest}",
    )


def _footer_links(city: CitySettings, language: str) -> tuple[Link, ...]:
    links = list(city.footer_links.select_related("page"))
    keys = [link.page.translation_key for link in links if link.page]
    public = Page.objects.filter(translation_key__in=keys).live().public().select_related("locale")
    by_key = {(page.translation_key, page.locale.language_code): page for page in public}
    own = {page.pk: page for page in by_key.values()}
    found = []
    for link in links:
        if link.page is None:
            found.append(Link(link.title, link.url))
            continue
        page = by_key.get((link.page.translation_key, language)) or own.get(link.page_id)
        if page is not None and page.url:
            # The typed text belongs to the page's own language; a translation brings its own title.
            found.append(Link((link.title if page.pk == link.page_id else "") or page.title, page.url))
    return tuple(found)


def _build_navigation(home: Page) -> tuple[MenuItem, ...]:
    pages = home.get_descendants().filter(depth__lte=home.depth + 2).live().public().in_menu().order_by("path")
    below: dict[str, list[MenuItem]] = {}
    tops: list[Page] = []
    for page in pages:
        if page.depth == home.depth + 1:
            tops.append(page)
        else:
            below.setdefault(page.path[: -Page.steplen], []).append(MenuItem(page.title, page.url or ""))
    return tuple(MenuItem(page.title, page.url or "", tuple(below.get(page.path, ()))) for page in tops)


def translations_of(page: Page) -> dict[str, str]:
    """Language code → address of the page's live, unrestricted translations, the page itself included."""
    translations = (
        Page.objects.filter(translation_key=page.translation_key)
        .live()
        .public()
        .select_related("locale")
        .order_by("pk")
    )
    return {found.locale.language_code: found.url for found in translations if found.url}


def breadcrumbs_of(page: Page) -> list[dict[str, str]]:
    """The way from the front page to the page, as the breadcrumbs component wants it."""
    ancestors = Page.objects.ancestor_of(page, inclusive=True).filter(depth__gte=2).live().order_by("depth")
    return [{"title": found.title, "url": found.url or ""} for found in ancestors]
