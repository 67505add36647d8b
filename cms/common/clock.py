"""The moment at which a page is shown: now, or, in an editor's preview, the date that the editor asked for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

PARAMETER = "as_of"
_SESSION_KEY = "preview_as_of"


def shown_now(request: HttpRequest | None) -> datetime:
    """Now, except in a preview that an editor has set to another moment. For showing, never for deciding."""
    asked: datetime | None = getattr(request, PARAMETER, None)
    return asked if asked is not None and getattr(request, "is_preview", False) else timezone.now()


class PreviewClockMixin:
    """For previewable models, before Wagtail's own mixin: `?as_of=2026-03-30T09:00` in a preview's address sets its date.

    The date stays for the editor's session, since Wagtail loads a preview anew after each change; an empty one ends it.
    """

    def make_preview_request(
        self,
        original_request: HttpRequest | None = None,
        preview_mode: str | None = None,
        extra_request_attrs: dict[str, Any] | None = None,
    ) -> HttpResponse:
        attrs = {**(extra_request_attrs or {}), PARAMETER: _asked_moment(original_request)}
        return super().make_preview_request(original_request, preview_mode, attrs)  # type: ignore[misc]


def _asked_moment(request: HttpRequest | None) -> datetime | None:
    session = getattr(request, "session", None)
    if request is None or session is None:
        return None
    if PARAMETER in request.GET:
        session[_SESSION_KEY] = request.GET[PARAMETER]
    try:
        moment = parse_datetime(session.get(_SESSION_KEY, ""))
    except ValueError:
        return None
    if moment is not None and timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    return moment
