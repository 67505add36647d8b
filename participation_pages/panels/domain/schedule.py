"""What holds of a call or a session: what was planned, and what was changed since.

A plan is never overwritten. Each postponement or cancellation is an entry with its reason, and what holds now is read from
the plan and its entries. So every time that was once announced stays known.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class ChangeKind(StrEnum):
    """What an entry does. A postponement may leave the new time open."""

    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class CallState(StrEnum):
    """Where a panel's call stands at a moment."""

    NONE = "none"
    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class SessionState(StrEnum):
    """Where a session stands at a moment."""

    PLANNED = "planned"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Window:
    """A half-open time `[starts_at, ends_at)`."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """One entry. `window` is the new time of a postponement, None when it is not known yet."""

    kind: ChangeKind
    reason: str
    made_at: datetime
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds now. `earlier` are the times that were announced and hold no more, oldest first.

    `kind`, `reason` and `changed_at` come from the latest entry; they are None, "" and None when the plan holds as made.
    """

    window: Window | None = None
    earlier: tuple[Window, ...] = ()
    kind: ChangeKind | None = None
    reason: str = ""
    changed_at: datetime | None = None


def standing_of(planned: Window | None, changes: Iterable[Change]) -> Standing:
    """The plan and its entries, in any order, put together."""
    standing = Standing(window=planned)
    for change in sorted(changes, key=lambda change: change.made_at):
        earlier = standing.earlier + ((standing.window,) if standing.window else ())
        window = change.window if change.kind is ChangeKind.POSTPONED else None
        standing = Standing(window, earlier, change.kind, change.reason, change.made_at)
    return standing


def call_state(standing: Standing, now: datetime) -> CallState:
    """Whether people can apply, and if not, why."""
    window = standing.window
    if standing.kind is ChangeKind.CANCELLED:
        return CallState.CANCELLED
    if window is None:
        return CallState.POSTPONED if standing.kind else CallState.NONE
    if now < window.starts_at:
        return CallState.POSTPONED if standing.kind else CallState.UPCOMING
    return CallState.OPEN if now < window.ends_at else CallState.CLOSED


def session_state(standing: Standing, now: datetime) -> SessionState:
    """A session counts as held once its time is over: nobody has to say so."""
    if standing.kind is ChangeKind.CANCELLED:
        return SessionState.CANCELLED
    if standing.window is not None and standing.window.ends_at <= now:
        return SessionState.HELD
    return SessionState.POSTPONED if standing.kind else SessionState.PLANNED


def next_turn(standings: Iterable[Standing], now: datetime) -> datetime | None:
    """The next moment at which one of these changes by the clock alone, or None."""
    edges = (
        edge
        for standing in standings
        if standing.window is not None
        for edge in (standing.window.starts_at, standing.window.ends_at)
        if edge > now
    )
    return min(edges, default=None)


class ChangeProblem(StrEnum):
    """Why an entry cannot be made."""

    NO_PLAN = "no_plan"
    ALREADY_CANCELLED = "already_cancelled"
    TIME_MISSING = "time_missing"
    ENDS_BEFORE_START = "ends_before_start"
    TIME_IS_OVER = "time_is_over"


def change_problem(standing: Standing, kind: ChangeKind, window: Window | None, now: datetime) -> ChangeProblem | None:
    """What stands against this entry now, or None. What was cancelled can come back only with a new time."""
    cancelled = standing.kind is ChangeKind.CANCELLED
    if standing.window is None and standing.kind is None:
        return ChangeProblem.NO_PLAN
    if kind is ChangeKind.CANCELLED:
        return ChangeProblem.ALREADY_CANCELLED if cancelled else None
    if window is None:
        return ChangeProblem.TIME_MISSING if cancelled else None
    if window.ends_at <= window.starts_at:
        return ChangeProblem.ENDS_BEFORE_START
    return ChangeProblem.TIME_IS_OVER if window.ends_at <= now else None


KEEP_AFTER_CLOSING = timedelta(days=180)
KEEP_AFTER_CANCELLING = timedelta(days=30)


def purge_due_at(standing: Standing) -> datetime | None:
    """When the applications of a call with this standing must be gone; None while there was no call.

    A call postponed without a new time is counted from the postponement, so that nothing waits for ever.
    """
    if standing.kind is ChangeKind.CANCELLED and standing.changed_at:
        return standing.changed_at + KEEP_AFTER_CANCELLING
    if standing.window is not None:
        return standing.window.ends_at + KEEP_AFTER_CLOSING
    return standing.changed_at + KEEP_AFTER_CLOSING if standing.changed_at else None
