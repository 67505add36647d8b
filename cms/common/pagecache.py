"""Whole pages for anonymous visitors, kept in this process and dropped when content or time changes them.

Every entry is stored under the content version of the moment before it was rendered. `invalidate()` moves the version on,
for all processes at once, because the version lives in the shared cache (the database, or Redis). A block whose look
depends on the clock says until when it holds (`valid_until`), and the entry dies no later than that.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.cache import cache, caches
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from cms.common import receipts
from cms.common.formtokens import fill_tokens

logger = logging.getLogger(__name__)

VERSION_KEY = "pagecache-version"
MAX_QUERY_LENGTH = 300
MAX_CONTENT_BYTES = 1_000_000
UNCACHED_PREFIXES = ("/admin/", "/static/", "/media/", "/documents/", "/healthz")
CACHED_TYPES = ("text/html", "text/css", "application/xml")
# Headers of another visitor's moment, or recomputed on the way out.
_DROPPED_HEADERS = frozenset({"content-length", "date", "vary", "server-timing"})


def current_version() -> str:
    """The content version that all processes share."""
    version = caches["shared"].get(VERSION_KEY)
    return version if version is not None else _renew()


def version_for(request: HttpRequest) -> str:
    """The content version of this request, read once. When the shared cache is away, one that nobody else has."""
    known: str | None = getattr(request, "_page_cache_version", None)
    if known is None:
        try:
            known = current_version()
        except Exception:  # the cache only makes pages fast; without it they are served all the same
            logger.warning("The shared cache does not answer", exc_info=True)
            known = secrets.token_hex(8)
            keep_private(request)
        request._page_cache_version = known  # type: ignore[attr-defined]
    return known


def _renew() -> str:
    version = secrets.token_hex(8)
    caches["shared"].set(VERSION_KEY, version, timeout=None)
    return version


def invalidate(**_kwargs: Any) -> str:
    """Forget every cached page, in every process. Takes and ignores a signal's arguments. Returns the new version.

    Inside a transaction the version moves on twice. A version in the database becomes visible with the content, at commit.
    One in Redis is visible at once, so another process may store the old content under it before the commit, and the second
    move drops that.
    """
    version = _renew()
    connection = transaction.get_connection()
    if connection.in_atomic_block:
        current = set(connection.savepoint_ids)
        queued = any(call[1] is _renew and call[0] <= current for call in connection.run_on_commit)
        if not queued:
            transaction.on_commit(_renew)
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


def keep_private(request: HttpRequest | None) -> None:
    """Say that the response holds something for this visitor only: it is not stored."""
    if request is not None:
        request._page_is_private = True  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A stored page: its content, compressed because a process holds thousands, and its headers."""

    packed: bytes
    headers: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, response: HttpResponse) -> _Entry:
        headers = tuple((k, v) for k, v in response.items() if k.lower() not in _DROPPED_HEADERS)
        return cls(zlib.compress(response.content, 1), headers)

    def to_response(self) -> HttpResponse:
        response = HttpResponse(zlib.decompress(self.packed))
        for name, value in self.headers:
            response[name] = value
        response["X-Page-Cache"] = "hit"
        return response


class PageCacheMiddleware:
    """Serves and stores anonymous pages, and puts each visitor's own form token into them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not self._may_use_cache(request):
            return self._finish(self.get_response(request), anonymous=False)
        # Read before rendering: what changes meanwhile is then stored under a version that nobody asks for any more.
        key = self._key(request, version_for(request))
        entry = self._read(key)
        if entry is not None:
            return self._finish(entry.to_response(), anonymous=True)
        response = self.get_response(request)
        if timeout := self._storable_seconds(request, response):
            self._store(key, _Entry.of(response), timeout)  # type: ignore[arg-type]
            response["X-Page-Cache"] = "miss"
        return self._finish(response, anonymous=True)

    def _may_use_cache(self, request: HttpRequest) -> bool:
        # A cookie of one of these means that the page may hold something of this visitor's own.
        own = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, receipts.COOKIE, "messages")
        return (
            request.method in ("GET", "HEAD")
            and settings.PAGE_CACHE_SECONDS > 0
            and not getattr(request, "is_dummy", False)  # an editor's preview
            and not any(name in request.COOKIES for name in own)
            and "Authorization" not in request.headers
            and len(request.META.get("QUERY_STRING", "")) <= MAX_QUERY_LENGTH
            and not request.path.startswith(UNCACHED_PREFIXES)
        )

    def _key(self, request: HttpRequest, version: str) -> str:
        # The language is part of the path. The scheme matters to absolute links.
        parts = (request.scheme or "", request.get_host(), request.get_full_path(), version)
        return "page:" + hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

    def _read(self, key: str) -> _Entry | None:
        try:
            return cache.get(key)
        except Exception:  # see version_for
            logger.warning("The page cache does not answer", exc_info=True)
            return None

    def _store(self, key: str, entry: _Entry, timeout: int) -> None:
        try:
            cache.set(key, entry, timeout)
        except Exception:  # see version_for
            logger.warning("The page cache does not answer", exc_info=True)

    def _storable_seconds(self, request: HttpRequest, response: HttpResponseBase) -> int:
        if (
            request.method != "GET"
            or response.status_code != 200
            or response.streaming
            or response.cookies
            or getattr(request, "_page_is_private", False)
            or not response.get("Content-Type", "").startswith(CACHED_TYPES)
            or any(word in response.get("Cache-Control", "") for word in ("private", "no-store"))
            or len(response.content) > MAX_CONTENT_BYTES  # type: ignore[attr-defined]
        ):
            return 0
        changes_at: datetime | None = getattr(request, "_page_valid_until", None)
        if changes_at is None:
            return settings.PAGE_CACHE_SECONDS
        return max(0, min(settings.PAGE_CACHE_SECONDS, int((changes_at - timezone.now()).total_seconds())))

    def _finish(self, response: HttpResponseBase, *, anonymous: bool) -> HttpResponseBase:
        if anonymous and not response.cookies and response.has_header("Vary"):
            # Anonymous pages differ by neither cookie nor header: the language is in the address.
            del response["Vary"]
        if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
            return response
        response.content, has_form = fill_tokens(response.content)  # type: ignore[attr-defined]
        if response.has_header("Content-Length"):
            response["Content-Length"] = str(len(response.content))  # type: ignore[attr-defined]
        response.setdefault("Cache-Control", "private, no-cache" if has_form or not anonymous else "no-cache")
        return response
