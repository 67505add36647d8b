"""Redirect after post with something that only this visitor may see: a receipt or follow-up code.

It travels in a signed cookie that lives for some minutes and is sent only to the receipt's own address, so it is neither in
an address, a log nor a referrer, and nothing about the visitor is stored on the server.
"""

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponseRedirect

from cms.common.http import see_other

COOKIE = "receipt"
MAX_AGE_SECONDS = 15 * 60
_SALT = "cms.common.receipts"


def redirect_with_receipt(request: HttpRequest, url: str, payload: dict[str, Any]) -> HttpResponseRedirect:
    """See other: `url`, whose view reads `payload` (JSON-able) with `read_receipt`."""
    path = url.split("?")[0]
    response = see_other(url)
    response.set_cookie(
        COOKIE,
        signing.dumps(payload, salt=_salt(path), compress=True),
        max_age=MAX_AGE_SECONDS,
        path=path,
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )
    return response


def _salt(path: str) -> str:
    # A receipt of one address says nothing at another, whose view expects other things in it.
    return f"{_SALT}:{path}"


def read_receipt(request: HttpRequest) -> dict[str, Any] | None:
    """The payload for this address, or None when there is none, it is too old or not ours."""
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=_salt(request.path), max_age=MAX_AGE_SECONDS)
    except signing.BadSignature:
        return None
