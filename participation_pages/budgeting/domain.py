"""Where a round's phases stand at a moment."""

from datetime import datetime
from typing import Literal


def step_state(opens_at: datetime, closes_at: datetime, now: datetime) -> Literal["done", "current", "upcoming"]:
    """The state of the half-open time `[opens_at, closes_at)`."""
    if now >= closes_at:
        return "done"
    return "current" if now >= opens_at else "upcoming"
