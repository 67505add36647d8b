"""What holds of a call or a session: the rules, without a database."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation_pages.panels.domain.schedule import (
    CallState,
    Change,
    ChangeKind,
    ChangeProblem,
    SessionState,
    Standing,
    Window,
    call_state,
    change_problem,
    next_turn,
    purge_due_at,
    session_state,
    standing_of,
)

OPENS = datetime(2026, 3, 1, 7, 0, tzinfo=UTC)
CLOSES = datetime(2026, 3, 15, 22, 0, tzinfo=UTC)
PLAN = Window(OPENS, CLOSES)
LATER = Window(OPENS + timedelta(days=30), CLOSES + timedelta(days=30))
TICK = timedelta(microseconds=1)


def postponed(to: Window | None, day: int = 2) -> Change:
    return Change(ChangeKind.POSTPONED, "Tilat remontissa", datetime(2026, 2, day, tzinfo=UTC), to)


def cancelled(day: int = 3) -> Change:
    return Change(ChangeKind.CANCELLED, "Pandemia", datetime(2026, 2, day, tzinfo=UTC))


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        (OPENS - TICK, CallState.UPCOMING),
        (OPENS, CallState.OPEN),
        (CLOSES - TICK, CallState.OPEN),
        (CLOSES, CallState.CLOSED),
    ],
)
def test_a_call_is_open_from_its_first_moment_until_just_before_its_last(moment: datetime, state: CallState) -> None:
    assert call_state(standing_of(PLAN, []), moment) is state


def test_a_panel_without_dates_has_no_call() -> None:
    assert call_state(Standing(), OPENS) is CallState.NONE


def test_a_cancelled_call_is_cancelled_at_any_time_and_keeps_its_date_in_sight() -> None:
    standing = standing_of(PLAN, [cancelled()])
    assert {call_state(standing, moment) for moment in (OPENS - TICK, OPENS, CLOSES)} == {CallState.CANCELLED}
    assert standing.earlier == (PLAN,)
    assert standing.reason == "Pandemia"


def test_a_postponed_call_opens_at_its_new_time_and_not_at_the_old_one() -> None:
    standing = standing_of(PLAN, [postponed(LATER)])
    assert call_state(standing, OPENS) is CallState.POSTPONED
    assert call_state(standing, LATER.starts_at) is CallState.OPEN
    assert call_state(standing, LATER.ends_at) is CallState.CLOSED


def test_a_call_postponed_without_a_new_time_stays_postponed() -> None:
    standing = standing_of(PLAN, [postponed(None)])
    assert call_state(standing, CLOSES + timedelta(days=999)) is CallState.POSTPONED


def test_a_session_is_held_once_its_time_is_over_without_anybody_saying_so() -> None:
    standing = standing_of(PLAN, [])
    assert session_state(standing, CLOSES - TICK) is SessionState.PLANNED
    assert session_state(standing, CLOSES) is SessionState.HELD


def test_a_cancelled_session_never_counts_as_held() -> None:
    assert session_state(standing_of(PLAN, [cancelled()]), CLOSES + timedelta(days=1)) is SessionState.CANCELLED


def test_every_time_that_was_ever_announced_stays_known_in_order() -> None:
    standing = standing_of(PLAN, [cancelled(3), postponed(LATER, 2), postponed(None, 4)])
    assert standing.earlier == (PLAN, LATER)
    assert standing.window is None


@given(st.permutations([postponed(LATER, 2), cancelled(3), postponed(LATER, 4), postponed(None, 5)]))
def test_the_order_in_which_entries_are_read_does_not_matter(changes: list[Change]) -> None:
    assert standing_of(PLAN, changes) == standing_of(PLAN, sorted(changes, key=lambda change: change.made_at))


@pytest.mark.parametrize(
    ("changes", "kind", "window", "problem"),
    [
        ([], ChangeKind.CANCELLED, None, None),
        ([], ChangeKind.POSTPONED, None, None),
        ([], ChangeKind.POSTPONED, LATER, None),
        ([postponed(None)], ChangeKind.POSTPONED, LATER, None),
        ([cancelled()], ChangeKind.CANCELLED, None, ChangeProblem.ALREADY_CANCELLED),
        ([cancelled()], ChangeKind.POSTPONED, None, ChangeProblem.TIME_MISSING),
        ([cancelled()], ChangeKind.POSTPONED, LATER, None),
        ([], ChangeKind.POSTPONED, Window(CLOSES, OPENS), ChangeProblem.ENDS_BEFORE_START),
        ([], ChangeKind.POSTPONED, Window(OPENS, OPENS + TICK), ChangeProblem.TIME_IS_OVER),
    ],
)
def test_which_entries_can_be_made(
    changes: list[Change], kind: ChangeKind, window: Window | None, problem: ChangeProblem | None
) -> None:
    assert change_problem(standing_of(PLAN, changes), kind, window, OPENS + timedelta(days=1)) is problem


def test_what_was_never_planned_cannot_be_postponed_or_cancelled() -> None:
    assert change_problem(Standing(), ChangeKind.CANCELLED, None, OPENS) is ChangeProblem.NO_PLAN


def test_the_next_turn_is_the_nearest_edge_ahead() -> None:
    standings = [standing_of(PLAN, []), standing_of(LATER, [])]
    turns = [OPENS - TICK]
    while (turn := next_turn(standings, turns[-1])) is not None:
        turns.append(turn)
    assert turns[1:] == [OPENS, CLOSES, LATER.starts_at, LATER.ends_at]
    assert all(a < b for a, b in pairwise(turns))


@pytest.mark.parametrize(
    ("planned", "changes", "due_at"),
    [
        (None, [], None),
        (PLAN, [], CLOSES + timedelta(days=180)),
        (PLAN, [postponed(LATER)], LATER.ends_at + timedelta(days=180)),
        (PLAN, [cancelled(3)], datetime(2026, 3, 5, tzinfo=UTC)),
        (PLAN, [postponed(None, 2)], datetime(2026, 2, 2, tzinfo=UTC) + timedelta(days=180)),
    ],
)
def test_when_the_applications_must_be_gone(
    planned: Window | None, changes: list[Change], due_at: datetime | None
) -> None:
    assert purge_due_at(standing_of(planned, changes)) == due_at
