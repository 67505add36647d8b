"""A fair order of a ballot's items: the first is chosen more often, so not everybody sees the same one first. Plain Python.

A page that all visitors share comes in one of `ORDERS` orders; which one follows the clock, and the reader may ask for the
next. A browser with scripts mixes the items once more by a seed of its own.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

ORDERS = 64
# For so long all see the same order; a page cannot be cached for longer than that.
TURN = timedelta(minutes=30)


def place_in_order(item: int, order: int) -> bytes:
    """What to sort the items by. In each order every item is as likely to come first."""
    return hashlib.sha256(f"{order}:{item}".encode()).digest()


def order_at(now: datetime) -> int:
    """Which order's turn it is."""
    return int(now.timestamp() // TURN.total_seconds()) % ORDERS


def turn_ends(now: datetime) -> datetime:
    """When the next order's turn begins."""
    seconds = TURN.total_seconds()
    return datetime.fromtimestamp((now.timestamp() // seconds + 1) * seconds, tz=now.tzinfo)


def next_order(order: int) -> int:
    """Another order; after `ORDERS` of them the first comes again."""
    return (order + 23) % ORDERS
