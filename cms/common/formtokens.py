"""Tokens of public forms.

Pages with forms come from a cache that all visitors share, so the page holds a placeholder, and each visitor gets a fresh
token in its place when the page is sent (`PageCacheMiddleware`). The token proves that the form came from this site not
long ago, and gives each page view a key of its own, so that a double click has one effect. No cookie is needed.
"""

import secrets
from dataclasses import dataclass
from functools import cache

from django.core import signing
from django.utils.crypto import salted_hmac

MAX_AGE_SECONDS = 12 * 60 * 60
_SALT = "cms.common.formtokens"


@cache
def placeholder() -> str:
    """What stands in a cached page where the token goes; nobody can guess it and so write it into a text."""
    return f"form-token-{salted_hmac(_SALT, 'placeholder').hexdigest()[:24]}"


def make_token() -> str:
    """A fresh signed token: a random key and the time."""
    return signing.TimestampSigner(salt=_SALT).sign(secrets.token_urlsafe(16))


@dataclass(frozen=True, slots=True)
class TokenCheck:
    """`key` is the page view's own key, empty when the token is forged; `stale` when it is genuine but too old."""

    key: str = ""
    stale: bool = False

    @property
    def valid(self) -> bool:
        return bool(self.key) and not self.stale


def check_token(token: str) -> TokenCheck:
    """What a posted token is worth."""
    signer = signing.TimestampSigner(salt=_SALT)
    try:
        return TokenCheck(key=signer.unsign(token, max_age=MAX_AGE_SECONDS))
    except signing.SignatureExpired:
        return TokenCheck(key=signer.unsign(token), stale=True)
    except signing.BadSignature:
        return TokenCheck()


def fill_tokens(content: bytes) -> tuple[bytes, bool]:
    """The page with every placeholder replaced, and whether there was any. All forms of one page view share a token."""
    mark = placeholder().encode()
    if mark not in content:
        return content, False
    return content.replace(mark, make_token().encode()), True
