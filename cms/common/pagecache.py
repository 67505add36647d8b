"""Whole pages for anonymous visitors, kept in this process and dropped when content or time changes them.

Every entry is stored under the content version of the moment before it was rendered. `invalidate()` moves the version on,
for all processes at once, because the version lives in the shared cache (the database, or Redis). A block whose look
depends on the clock says until when it holds (`valid_until`), and the entry dies no later than that.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.cache import cache, caches
from django.db import models
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from cms.common.formtokens import fill_tokens

VERSION_KEY = "pagecache-version"
MAX_QUERY_LENGTH = 300
UNCACHED_PREFIXES = ("/admin/", "/static/", "/media/", "/documents/")
# Headers of another visitor's moment, or recomputed on the way out.
_DROPPED_HEADERS = frozenset({"content-length", "date", "vary", "server-timing"})


def current_version() -> str:
    """The content version that all processes share."""
    version = caches["shared"].get(VERSION_KEY)
    return version if version is not None else invalidate()


def invalidate(**_kwargs: Any) -> str:
    """Forget every cached page, in every process. Takes and ignores a signal's arguments. Returns the new version."""
    version = secrets.token_hex(8)
    caches["shared"].set(VERSION_KEY, version, timeout=None)
    return version


def invalidate_on_save(*models_: type[models.Model]) -> None:
    """Empty the cache whenever a record of these models is saved or deleted. Call it in `AppConfig.ready`."""
    for model in models_:
        uid = f"pagecache-{model._meta.label}"
        post_save.connect(invalidate, sender=model, dispatch_uid=f"{uid}-save")
        post_delete.connect(invalidate, sender=model, dispatch_uid=f"{uid}-delete")


def valid_until(request: HttpRequest | None, when: datetime | None) -> None:
    """Say that the page being rendered changes at `when` by the clock alone. None means that it does not."""
    if request is None or when is None:
        return
    known = getattr(request, "_page_valid_until", None)
    request._page_valid_until = min(known, when) if known else when  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class _Entry:
    content: bytes
    headers: tuple[tuple[str, str], ...]

    def to_response(self) -> HttpResponse:
        response = HttpResponse(self.content)
        for name, value in self.headers:
            response[name] = value
        return response


class PageCacheMiddleware:
    """Serves and stores anonymous pages, and puts each visitor's own form token into them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not self._may_use_cache(request):
            return self._finish(request, self.get_response(request), anonymous=False)
        # Read before rendering: what changes meanwhile is then stored under a version that nobody asks for any more.
        key = self._key(request, current_version())
        entry: _Entry | None = cache.get(key)
        if entry is not None:
            response: HttpResponseBase = entry.to_response()
            response["X-Page-Cache"] = "hit"
            return self._finish(request, response, anonymous=True)
        response = self.get_response(request)
        if timeout := self._storable_seconds(request, response):
            headers = tuple((k, v) for k, v in response.items() if k.lower() not in _DROPPED_HEADERS)
            cache.set(key, _Entry(response.content, headers), timeout)  # type: ignore[attr-defined]
            response["X-Page-Cache"] = "miss"
        return self._finish(request, response, anonymous=True)

    def _may_use_cache(self, request: HttpRequest) -> bool:
        return (
            request.method in ("GET", "HEAD")
            and settings.PAGE_CACHE_SECONDS > 0
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and "Authorization" not in request.headers
            and len(request.META.get("QUERY_STRING", "")) <= MAX_QUERY_LENGTH
            and not request.path.startswith(UNCACHED_PREFIXES)
        )

    def _key(self, request: HttpRequest, version: str) -> str:
        # The language is part of the path. The scheme matters to absolute links.
        parts = (request.scheme or "", request.get_host(), request.get_full_path(), version)
        return "page:" + hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

    def _storable_seconds(self, request: HttpRequest, response: HttpResponseBase) -> int:
        if (
            request.method != "GET"
            or response.status_code != 200
            or response.streaming
            or response.cookies
            or not response.get("Content-Type", "").startswith(("text/html", "text/css"))
            or any(word in response.get("Cache-Control", "") for word in ("private", "no-store", "no-cache"))
        ):
            return 0
        changes_at: datetime | None = getattr(request, "_page_valid_until", None)
        if changes_at is None:
            return settings.PAGE_CACHE_SECONDS
        return max(0, min(settings.PAGE_CACHE_SECONDS, int((changes_at - timezone.now()).total_seconds())))

    def _finish(self, request: HttpRequest, response: HttpResponseBase, *, anonymous: bool) -> HttpResponseBase:
        if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
            return response
        response.content, has_form = fill_tokens(response.content)  # type: ignore[attr-defined]
        if response.has_header("Content-Length"):
            response["Content-Length"] = str(len(response.content))  # type: ignore[attr-defined]
        if has_form or not anonymous:
            response.setdefault("Cache-Control", "private, no-cache")
        elif not response.cookies:
            # Anonymous pages differ by neither cookie nor header: the language is in the address.
            if response.has_header("Vary"):
                del response["Vary"]
            response.setdefault("Cache-Control", "no-cache")
        return response
