"""The fair order of a gallery: each seed gives another one, and over the seeds every proposal stands everywhere as often.

A proposal's random key `k` is moved by `k -> (k * a + b) mod p`, one to one, so no two swap by chance and none is left out.
The database computes that with whole numbers below 2**62, so it comes out the same in each. Plain Python.
"""

import hashlib
from datetime import datetime

# The largest prime below 2**31: key times factor stays inside 64 bits.
PRIME = 2**31 - 1
MAX_SEED = 10**9
_HOUR = 3600


def coefficients(seed: int) -> tuple[int, int]:
    """`a` (never 0) and `b` of the seed."""
    digest = hashlib.sha256(f"rotation:{seed}".encode()).digest()
    return 1 + int.from_bytes(digest[:8]) % (PRIME - 1), int.from_bytes(digest[8:16]) % PRIME


def seed_of_hour(now: datetime) -> int:
    """The seed of those who bring none of their own: another one each hour."""
    return int(now.timestamp()) // _HOUR


def next_hour(now: datetime) -> datetime:
    """When `seed_of_hour` changes."""
    return datetime.fromtimestamp((int(now.timestamp()) // _HOUR + 1) * _HOUR, tz=now.tzinfo)
