"""When a round lets people do what. Plain Python; the moment `now` is passed in, with a time zone.

Times are half-open, `[opens_at, closes_at)`: at the closing moment itself the phase is over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What a phase is for."""

    PROPOSALS = "proposals"
    SCREENING = "screening"
    VOTING = "voting"


class Act(StrEnum):
    """What a resident does in a round."""

    PROPOSE = "propose"
    VOTE = "vote"


# Phases carry what they allow as data; a new kind of phase is a new row here.
ALLOWED_ACTS: dict[Kind, frozenset[Act]] = {
    Kind.PROPOSALS: frozenset({Act.PROPOSE}),
    Kind.SCREENING: frozenset(),
    Kind.VOTING: frozenset({Act.VOTE}),
}


class Stage(StrEnum):
    """Where a phase stands at a moment. ABSENT: the round has no such phase."""

    ABSENT = "absent"
    COMING = "coming"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Window:
    """One phase of one round."""

    kind: Kind
    opens_at: datetime
    closes_at: datetime

    def stage(self, now: datetime) -> Stage:
        if now < self.opens_at:
            return Stage.COMING
        return Stage.OPEN if now < self.closes_at else Stage.CLOSED


@dataclass(frozen=True, slots=True)
class Schedule:
    """All phases of one round, in the order in which they open."""

    windows: tuple[Window, ...] = ()

    @classmethod
    def of(cls, windows: Iterable[Window]) -> Schedule:
        return cls(tuple(sorted(windows, key=lambda window: (window.opens_at, window.closes_at))))

    def window(self, kind: Kind | str) -> Window | None:
        """The phase of this kind, or None when the round has none."""
        return next((window for window in self.windows if window.kind == kind), None)

    def stage(self, kind: Kind | str, now: datetime) -> Stage:
        window = self.window(kind)
        return window.stage(now) if window else Stage.ABSENT

    def has_opened(self, kind: Kind | str, now: datetime) -> bool:
        """Whether the phase is open or already over: what it froze stays frozen."""
        return self.stage(kind, now) in (Stage.OPEN, Stage.CLOSED)

    def bears_voting_time(self, wanted: Window | None, now: datetime) -> bool:
        """Whether the voting time of this schedule, the one in force, may become `wanted`.

        Until the vote opens, freely. While it is open, only its end, and only to a moment still ahead. Then no more.
        """
        window = self.window(Kind.VOTING)
        if window is None or now < window.opens_at or wanted == window:
            return True
        if now >= window.closes_at:
            return False
        return wanted is not None and wanted.opens_at == window.opens_at and wanted.closes_at > now

    def current(self, now: datetime) -> tuple[Window, ...]:
        """The phases that are open now; screening may well run beside the proposals."""
        return tuple(window for window in self.windows if window.stage(now) is Stage.OPEN)

    def upcoming(self, now: datetime) -> Window | None:
        """The phase that opens next."""
        return next((window for window in self.windows if window.stage(now) is Stage.COMING), None)

    def is_over(self, now: datetime) -> bool:
        """Whether the round had phases and all of them have closed."""
        return bool(self.windows) and all(window.stage(now) is Stage.CLOSED for window in self.windows)

    def allows(self, act: Act, now: datetime) -> bool:
        return any(act in ALLOWED_ACTS[window.kind] for window in self.current(now))

    def next_change(self, now: datetime) -> datetime | None:
        """The next moment at which anything above may answer otherwise; None when time changes nothing any more."""
        moments = (moment for window in self.windows for moment in (window.opens_at, window.closes_at))
        return min((moment for moment in moments if moment > now), default=None)
