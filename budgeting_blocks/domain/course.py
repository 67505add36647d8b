"""What a round's date calls for. Plain Python; `now` is passed in."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from budgeting_blocks.domain.phases import Kind, Schedule, Stage


class Course(StrEnum):
    """What is the matter in a round at a moment."""

    COMING = "coming"
    CALL = "call"
    SCREENING = "screening"
    BALLOT = "ballot"
    COUNT = "count"
    RESULTS = "results"
    DELIVERY = "delivery"


def courses(
    schedule: Schedule, now: datetime, *, result_at: datetime | None = None, delivered: bool = False
) -> tuple[Course, ...]:
    """What is going on, the most urgent first: mostly one thing; a round that collects and votes at once has two.

    `result_at`: when the result came out, or None while it has not. `delivered`: whether funded items are being carried out.
    """
    if result_at is not None and result_at <= now:
        return (Course.DELIVERY, Course.RESULTS) if delivered else (Course.RESULTS,)
    open_now = []
    if schedule.stage(Kind.VOTING, now) is Stage.OPEN:
        open_now.append(Course.BALLOT)
    if schedule.stage(Kind.PROPOSALS, now) is Stage.OPEN:
        open_now.append(Course.CALL)
    if open_now:
        return tuple(open_now)
    if schedule.stage(Kind.VOTING, now) is Stage.CLOSED:
        return (Course.COUNT,)
    if schedule.stage(Kind.SCREENING, now) is Stage.OPEN or schedule.stage(Kind.PROPOSALS, now) is Stage.CLOSED:
        return (Course.SCREENING,)
    return (Course.COMING,)
