"""Slowing down floods and guessing, counted in the cache that all processes share."""

import time
from datetime import datetime

from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from cms.common.decision import Decision


def check(scope: str, ident: str, limit: int, seconds: int) -> Decision:
    """Count one act of `ident` (an address, an e-mail, or "all") and say whether it is within `limit` per `seconds`.

    `seconds`: an hour at most, for counting in the database gives an entry the cache's own TIMEOUT again. The identity is
    kept only as a keyed hash of this window, for some hours: who copies the database cannot tell whose acts were counted,
    not even by trying all addresses or what another table holds. The refusal tells how many minutes to wait.
    """
    cache = caches["shared"]
    key, elapsed = _key(scope, ident, seconds)
    cache.add(key, 0, timeout=2 * seconds)
    try:
        count = cache.incr(key)
    except ValueError:  # dropped between the two calls
        cache.set(key, 1, timeout=2 * seconds)
        count = 1
    return Decision.yes() if count <= limit else _refusal(seconds, elapsed)


def peek(scope: str, ident: str, limit: int, seconds: int) -> Decision:
    """Whether one more act would still be within the limit, without counting one: for limits on failures only, where the
    failure is counted afterwards with `check`."""
    key, elapsed = _key(scope, ident, seconds)
    return Decision.yes() if caches["shared"].get(key, 0) < limit else _refusal(seconds, elapsed)


def _key(scope: str, ident: str, seconds: int) -> tuple[str, int]:
    window, elapsed = divmod(int(time.time()), seconds)
    digest = salted_hmac("cms.common.ratelimit", f"{scope}:{window}:{ident}", algorithm="sha256").hexdigest()[:32]
    return f"rate:{scope}:{digest}", elapsed


def purge_counters(now: datetime) -> int:
    """Delete what a cache in the database keeps beyond its time; other caches keep nothing. Returns how many."""
    cache = caches["shared"]
    if not isinstance(cache, DatabaseCache):
        return 0
    table = connection.ops.quote_name(cache._table)  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [connection.ops.adapt_datetimefield_value(now)])  # noqa: S608
        return int(cursor.rowcount)


def _refusal(seconds: int, elapsed: int) -> Decision:
    minutes = max(1, (seconds - elapsed + 59) // 60)
    return Decision.no(
        ngettext(
            "Yrityksiä on nyt liikaa. Yritä uudelleen %(minutes)d minuutin päästä.",
            "Yrityksiä on nyt liikaa. Yritä uudelleen %(minutes)d minuutin päästä.",
            minutes,
        )
        % {"minutes": minutes}
    )
