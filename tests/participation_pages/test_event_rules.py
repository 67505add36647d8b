"""What an event's dates and states mean, whatever the clock says."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from home.models import HomePage
from participation_pages.forums.domain import (
    STORED_STATES,
    EventFault,
    EventState,
    event_faults,
    event_state,
    is_coming,
)
from participation_pages.models import EventPage
from participation_pages.spans import next_change
from tests.participation_pages import make

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (NOON - timedelta(microseconds=1), EventState.PLANNED),
        (NOON, EventState.ONGOING),
        (NOON + 2 * HOUR - timedelta(microseconds=1), EventState.ONGOING),
        (NOON + 2 * HOUR, EventState.HELD),
    ],
)
def test_a_planned_event_goes_on_from_its_first_moment_and_is_held_from_its_last(
    now: datetime, state: EventState
) -> None:
    assert event_state("planned", NOON, NOON + 2 * HOUR, now) is state


@given(moments, moments, moments)
def test_a_cancelled_event_is_never_held(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    assert event_state("cancelled", starts_at, ends_at, now) is EventState.CANCELLED


@given(moments)
def test_a_postponed_event_without_a_new_time_stays_postponed_and_coming(now: datetime) -> None:
    assert event_state("postponed", None, None, now) is EventState.POSTPONED
    assert is_coming(None, now)


@given(st.sampled_from(STORED_STATES), moments, st.timedeltas(timedelta(minutes=1), timedelta(days=9)), moments)
def test_an_event_is_held_only_when_it_is_not_among_the_coming(
    status: EventState, starts_at: datetime, length: timedelta, now: datetime
) -> None:
    state = event_state(status, starts_at, starts_at + length, now)
    if state is EventState.HELD:
        assert not is_coming(starts_at + length, now)
    if state in (EventState.ONGOING, EventState.PLANNED, EventState.POSTPONED):
        assert is_coming(starts_at + length, now)


@given(st.lists(st.tuples(moments, moments)), st.sampled_from(STORED_STATES), moments)
def test_no_state_changes_before_the_moment_that_the_cache_is_told(
    spans: list[tuple[datetime, datetime]], status: EventState, now: datetime
) -> None:
    spans = [(min(span), max(span)) for span in spans]
    turn = next_change(spans, now)
    later = (turn or datetime(2031, 1, 1, tzinfo=UTC)) - timedelta(microseconds=1)
    for starts_at, ends_at in spans:
        assert event_state(status, starts_at, ends_at, now) is event_state(status, starts_at, ends_at, max(now, later))


@pytest.mark.parametrize("word", ["held", "ongoing", "moved", ""])
def test_what_only_the_clock_says_cannot_be_said_by_an_editor(word: str) -> None:
    with pytest.raises(ValueError):
        event_state(word, NOON, NOON + HOUR, NOON)


SOUND = {"status": "planned", "starts_at": NOON, "ends_at": NOON + HOUR, "postponed_from": None, "cancel_reason": ""}
FAULTS = [
    ({"starts_at": None}, {"starts_at": EventFault.NO_START}),
    ({"starts_at": None, "ends_at": None}, {"starts_at": EventFault.NO_START}),
    ({"ends_at": None}, {"ends_at": EventFault.NO_END}),
    ({"ends_at": NOON}, {"ends_at": EventFault.ENDS_TOO_EARLY}),
    ({"status": "postponed"}, {"postponed_from": EventFault.NO_OLD_DATE}),
    ({"status": "postponed", "postponed_from": NOON}, {"starts_at": EventFault.NOT_MOVED}),
    ({"status": "cancelled"}, {"cancel_reason": EventFault.NO_REASON}),
    ({"status": "cancelled", "cancel_reason": "  \n"}, {"cancel_reason": EventFault.NO_REASON}),
    ({}, {}),
    ({"status": "postponed", "postponed_from": NOON - HOUR}, {}),
    ({"status": "postponed", "postponed_from": NOON, "starts_at": None, "ends_at": None}, {}),
    ({"status": "cancelled", "cancel_reason": "Myrsky"}, {}),
]


@pytest.mark.parametrize(("change", "faults"), FAULTS)
def test_each_fault_lands_on_the_field_to_mend(change: dict[str, object], faults: dict[str, EventFault]) -> None:
    assert event_faults(**{**SOUND, **change}) == faults


@pytest.mark.parametrize(("change", "faults"), FAULTS)
def test_page_and_rules_agree(db: None, change: dict[str, object], faults: dict[str, EventFault]) -> None:
    page = EventPage(title="Retki", slug="retki", place="Piha", **{**SOUND, **change})
    try:
        page.clean()
    except ValidationError as error:
        assert set(error.message_dict) == set(faults)
    else:
        assert not faults


@pytest.mark.parametrize(
    "change",
    [
        {"status": "held"},
        {"starts_at": None},
        {"starts_at": None, "ends_at": None},
        {"ends_at": NOON - HOUR},
        {"status": "postponed"},
        {"status": "cancelled"},
    ],
)
def test_the_database_refuses_an_unsound_event_too(home_page: HomePage, change: dict[str, object]) -> None:
    page = make.event(make.forum(home_page), starts_at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        EventPage.objects.filter(pk=page.pk).update(**change)


def test_moving_a_published_event_keeps_its_old_date_by_itself(home_page: HomePage) -> None:
    page = make.event(make.forum(home_page), starts_at=NOON)
    page.status, page.starts_at, page.ends_at = "postponed", NOON + 9 * HOUR, NOON + 10 * HOUR
    page.full_clean()
    assert page.postponed_from == NOON
    page.save_revision().publish()
    page.refresh_from_db()
    page.starts_at, page.ends_at = None, None
    page.full_clean()
    assert page.postponed_from == NOON, "moved again, the first date stays"


def test_an_event_back_in_its_plan_has_no_old_date(home_page: HomePage) -> None:
    page = make.event(make.forum(home_page), status="postponed", postponed_from=NOON)
    page.status = "planned"
    page.full_clean()
    assert page.postponed_from is None
