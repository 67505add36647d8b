"""What a voter's browser holds between showing who they are and casting: the secret of their right, and the choices made so
far. Both travel in signed cookies of the round's own voting address, for an hour; nothing of it is kept on the server."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from budgeting_blocks.models import Round

RIGHT, DRAFT, TEACHER = "voting-right", "voting-draft", "voting-teacher"
MAX_AGE_SECONDS = {RIGHT: 60 * 60, DRAFT: 60 * 60, TEACHER: 8 * 60 * 60}
# Browsers drop longer cookies.
_MAX_LENGTH = 3500
_SALT = "budgeting_blocks.held"


def hold(request: HttpRequest, response: HttpResponseBase, round: Round, what: str, value: Any) -> bool:
    """Let the browser hold `value` (JSON-able). False when it is too long for a cookie, and nothing is held."""
    text = signing.dumps(value, salt=_salt(round, what), compress=True)
    if len(text) > _MAX_LENGTH:
        return False
    # Lax and not Strict: after a foreign sign-in service the browser would keep a strict one to itself.
    response.set_cookie(
        what,
        text,
        max_age=MAX_AGE_SECONDS[what],
        path=_path(round),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return True


def held(request: HttpRequest, round: Round, what: str) -> Any:
    """What the browser holds, or None when that is nothing, too old or not ours."""
    try:
        return signing.loads(request.COOKIES.get(what, ""), salt=_salt(round, what), max_age=MAX_AGE_SECONDS[what])
    except signing.BadSignature:
        return None


def let_go(response: HttpResponseBase, round: Round, *names: str) -> None:
    """Take these away from the browser."""
    for name in names:
        response.delete_cookie(name, path=_path(round), samesite="Lax")


def _path(round: Round) -> str:
    return reverse("budgeting:vote_review", args=[round.slug])


def _salt(round: Round, what: str) -> str:
    return f"{_SALT}:{what}:{round.pk}"
