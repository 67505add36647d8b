"""Acts that somebody without an account confirms by a link in a mail.

Nothing is stored about the person before the confirmation: what the act needs travels, signed, in the link itself. A link is
good for one purpose and for two days. Opening it changes nothing, so a mail scanner may: the page that it opens shows a
button, and the button posts.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from cms.common import ratelimit
from cms.common.decision import Decision
from cms.common.mail import absolute_url, send_mail_on_commit

LINK_HOURS = 48
MAILS_PER_ADDRESS = 3
HOUR = 60 * 60
_SALT = "cms.common.mailconfirm"
_MAX_TOKEN = 1000


def fold_address(email: str) -> str:
    """The address as one person's: without regard to case, and without the tag that `name+tag@` adds to a mailbox."""
    local, _at, host = unicodedata.normalize("NFC", email.strip()).casefold().rpartition("@")
    return f"{local.partition('+')[0] or local}@{host}"


def person_hash(scope: str, email: str) -> str:
    """What stands for a person where the address is not kept: keyed, and different in each `scope`, so that what one
    person did in two scopes cannot be put together."""
    return salted_hmac(f"{_SALT}.person:{scope}", fold_address(email), algorithm="sha256").hexdigest()


def make_token(purpose: str, payload: dict[str, Any]) -> str:
    """A signed, dated text for an address. `payload` is JSON-able, small, and may be read by whoever sees the link."""
    return signing.dumps(payload, salt=f"{_SALT}:{purpose}")


def read_token(purpose: str, token: str, *, hours: int | None = LINK_HOURS) -> dict[str, Any] | None:
    """The payload of a link of this purpose, or None when it is forged, of another purpose, or older than `hours`."""
    if len(token) > _MAX_TOKEN:
        return None
    max_age = None if hours is None else hours * HOUR
    try:
        payload = signing.loads(token, salt=f"{_SALT}:{purpose}", max_age=max_age)
    except (signing.BadSignature, ValueError):
        return None
    return payload if isinstance(payload, dict) else None


def may_mail(email: str) -> Decision:
    """Count one confirmation to this address: three an hour at most, whoever asks for them and whatever for."""
    limited = ratelimit.check("confirm-mail", fold_address(email), MAILS_PER_ADDRESS, HOUR)
    if limited:
        return limited
    return Decision.no(_("Tähän osoitteeseen on jo lähtenyt monta viestiä. %(wait)s") % {"wait": limited.reason})


def send_confirmation(*, email: str, path: str, template: str, language: str, **context: Any) -> None:
    """Mail the link with this path on commit, with `template` (see `cms.common.mail`).

    The context may hold nothing that the sender typed: anybody can type anybody's address.
    """
    send_mail_on_commit(
        to=email,
        template=template,
        context={
            "site_name": settings.WAGTAIL_SITE_NAME,
            "confirm_url": absolute_url(path),
            "hours": LINK_HOURS,
            **context,
        },
        language=language,
    )
