"""What an event's dates and its editor's word mean at a moment. The clock comes from the caller."""

from datetime import datetime
from enum import StrEnum


class EventState(StrEnum):
    """How an event stands. The first three an editor says; the last two follow from the clock."""

    PLANNED = "planned"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    ONGOING = "ongoing"
    HELD = "held"


class EventFault(StrEnum):
    """What may be wrong with an event."""

    NO_START = "no_start"
    NO_END = "no_end"
    ENDS_TOO_EARLY = "ends_too_early"
    NO_OLD_DATE = "no_old_date"
    NOT_MOVED = "not_moved"
    NO_REASON = "no_reason"


STORED_STATES = (EventState.PLANNED, EventState.POSTPONED, EventState.CANCELLED)


def event_state(status: str, starts_at: datetime | None, ends_at: datetime | None, now: datetime) -> EventState:
    """The state to show of an event in the half-open time `[starts_at, ends_at)`.

    A cancelled event is never held. A postponed one is held in its new time; while that is not known (both None), it stays
    postponed. Raises ValueError for a `status` that no editor can say.
    """
    said = EventState(status)
    if said not in STORED_STATES:
        raise ValueError(status)
    if said is EventState.CANCELLED or starts_at is None or ends_at is None:
        return said
    if now >= ends_at:
        return EventState.HELD
    return EventState.ONGOING if now >= starts_at else said


def is_coming(ends_at: datetime | None, now: datetime) -> bool:
    """Whether the event belongs to the coming ones: its time is not over, or its new time is not known yet."""
    return ends_at is None or now < ends_at


def event_faults(
    *,
    status: str,
    starts_at: datetime | None,
    ends_at: datetime | None,
    postponed_from: datetime | None,
    cancel_reason: str,
) -> dict[str, EventFault]:
    """Name of the field to mend → what is wrong with it; empty when the event is sound.

    Every event has a beginning and a later end, only a postponed one may lack both while its new time is not known. A
    postponed event keeps its old date, which is not its new one; a cancelled one tells why.
    """
    faults: dict[str, EventFault] = {}
    postponed = status == EventState.POSTPONED
    if starts_at is None:
        if not postponed or ends_at is not None:
            faults["starts_at"] = EventFault.NO_START
    elif ends_at is None:
        faults["ends_at"] = EventFault.NO_END
    elif ends_at <= starts_at:
        faults["ends_at"] = EventFault.ENDS_TOO_EARLY
    if postponed and postponed_from is None:
        faults["postponed_from"] = EventFault.NO_OLD_DATE
    elif postponed and postponed_from == starts_at:
        faults["starts_at"] = EventFault.NOT_MOVED
    if status == EventState.CANCELLED and not cancel_reason.strip():
        faults["cancel_reason"] = EventFault.NO_REASON
    return faults
