"""How far a funded proposal has come, and when it has been silent for too long. Plain Python."""

from datetime import datetime, timedelta
from enum import StrEnum

SILENCE = timedelta(days=60)


class Stage(StrEnum):
    """Where the work stands."""

    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    CANCELLED = "cancelled"


# What moves comes first in a list.
SHOWN_ORDER = (Stage.IN_PROGRESS, Stage.PLANNED, Stage.DONE, Stage.CANCELLED)
# Somebody still waits for these.
UNDER_WAY = frozenset({Stage.PLANNED, Stage.IN_PROGRESS})


def silent_from(stage: str, updated_at: datetime) -> datetime | None:
    """The moment from which the project counts as silent unless something is told of it; None when nobody waits."""
    return updated_at + SILENCE if stage in UNDER_WAY else None


def is_silent(stage: str, updated_at: datetime, now: datetime) -> bool:
    """Whether nothing has been told for 60 days of work that is not over."""
    moment = silent_from(stage, updated_at)
    return moment is not None and now >= moment
