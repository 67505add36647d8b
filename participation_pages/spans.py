"""Half-open times `[opens_at, closes_at)`. Plain Python: the clock comes from the caller."""

from collections.abc import Iterable
from datetime import datetime

Span = tuple[datetime | None, datetime | None]


def next_change(spans: Iterable[Span], now: datetime) -> datetime | None:
    """The next moment after `now` at which one of the times begins or ends, or None. Unknown ends (None) are skipped."""
    return min((moment for span in spans for moment in span if moment is not None and moment > now), default=None)
