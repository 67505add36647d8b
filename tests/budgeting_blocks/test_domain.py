"""The rules of participatory budgeting as plain functions."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgeting_blocks.domain.folding import fold, search_words, sort_key
from budgeting_blocks.domain.phases import Act, Kind, Schedule, Stage, Window
from budgeting_blocks.domain.screening import DEMANDS, Finding, State, changes_ballot, missing

T0 = datetime(2026, 3, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
moments = st.integers(min_value=-1000, max_value=1000).map(lambda n: T0 + n * HOUR)


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    kinds = draw(st.lists(st.sampled_from(list(Kind)), unique=True))
    windows = []
    for kind in kinds:
        opens_at = draw(moments)
        windows.append(Window(kind, opens_at, opens_at + draw(st.integers(1, 500)) * HOUR))
    return Schedule.of(windows)


class TestPhases:
    @pytest.mark.parametrize(
        ("at", "stage"),
        [
            (-timedelta(microseconds=1), Stage.COMING),
            (timedelta(0), Stage.OPEN),
            (HOUR - timedelta(microseconds=1), Stage.OPEN),
            (HOUR, Stage.CLOSED),
        ],
    )
    def test_a_phase_is_open_from_its_first_moment_to_just_before_its_last(self, at, stage):
        assert Window(Kind.VOTING, T0, T0 + HOUR).stage(T0 + at) is stage

    @pytest.mark.parametrize(
        ("kind", "acts"), [(Kind.PROPOSALS, {Act.PROPOSE}), (Kind.SCREENING, set()), (Kind.VOTING, {Act.VOTE})]
    )
    def test_each_phase_allows_its_own_acts_only(self, kind, acts):
        schedule = Schedule.of([Window(kind, T0, T0 + HOUR)])
        assert {act for act in Act if schedule.allows(act, T0)} == acts

    @given(schedules(), moments, moments)
    def test_nothing_changes_before_the_next_change(self, schedule, now, later):
        change = schedule.next_change(now)
        if later < now or (change is not None and later >= change):
            return
        for kind in Kind:
            assert schedule.stage(kind, now) is schedule.stage(kind, later)

    @given(schedules(), moments)
    def test_what_has_opened_stays_opened(self, schedule, now):
        for kind in Kind:
            if schedule.has_opened(kind, now):
                assert schedule.has_opened(kind, now + timedelta(days=400))

    def test_closing_across_the_change_of_daylight_saving_time_is_one_moment(self):
        helsinki = ZoneInfo("Europe/Helsinki")
        window = Window(
            Kind.VOTING, datetime(2026, 10, 24, 12, tzinfo=helsinki), datetime(2026, 10, 25, 3, 30, tzinfo=helsinki)
        )
        assert window.stage(datetime(2026, 10, 25, 0, 29, 59, tzinfo=UTC)) is Stage.OPEN
        assert window.stage(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)) is Stage.CLOSED

    def test_an_empty_round_is_neither_open_nor_over(self):
        schedule = Schedule()
        assert not schedule.is_over(T0)
        assert schedule.next_change(T0) is None
        assert schedule.stage(Kind.VOTING, T0) is Stage.ABSENT


class TestFolding:
    def test_titles_sort_as_in_a_finnish_dictionary(self):
        words = ["öljy", "zumba", "Äiti", "aamu", "Åland", "Bussi"]
        assert sorted(words, key=sort_key) == ["aamu", "Bussi", "zumba", "Åland", "Äiti", "öljy"]

    @given(st.text())
    def test_folding_twice_is_folding_once(self, text):
        assert fold(fold(text)) == fold(text)

    @given(st.text(max_size=3000))
    def test_a_query_is_never_more_than_six_words(self, text):
        assert len(search_words(text)) <= 6

    def test_letters_typed_in_two_parts_are_the_same_letters(self):
        assert fold("a\u0308iti") == fold("ÄITI") == "äiti"


class TestScreening:
    @pytest.mark.parametrize("state", list(State))
    def test_a_state_has_all_it_demands_when_all_is_given(self, state):
        assert missing(state, cost=100, reasons="Koska.") == frozenset()

    @pytest.mark.parametrize(("state", "fields"), [(s, DEMANDS.get(s, frozenset())) for s in State])
    def test_a_state_misses_just_what_it_demands_when_nothing_is_given(self, state, fields):
        assert missing(state, cost=None, reasons=" ") == fields

    findings = st.builds(Finding, st.sampled_from(list(State)), st.one_of(st.none(), st.integers(1, 9)))

    @given(findings)
    def test_no_change_changes_no_ballot(self, finding):
        assert not changes_ballot(finding, finding)

    @given(findings, findings)
    def test_undoing_a_change_changes_the_ballot_as_the_change_did(self, one, other):
        assert changes_ballot(one, other) == changes_ballot(other, one)

    @pytest.mark.parametrize(
        ("before", "after", "changes"),
        [
            (Finding(State.PROCEEDS, 100), Finding(State.IMPLEMENTED, 100), False),
            (Finding(State.PROCEEDS, 100), Finding(State.PROCEEDS, 101), True),
            (Finding(State.PROCEEDS, 100), Finding(State.WITHDRAWN, 100), True),
            (Finding(State.NOT_ASSESSED), Finding(State.PROCEEDS, 100), True),
            (Finding(State.NOT_ASSESSED), Finding(State.REJECTED), False),
            (Finding(State.REJECTED, 5), Finding(State.REJECTED, 6), False),
        ],
    )
    def test_the_ballot_changes_by_what_is_on_it_and_its_price(self, before, after, changes):
        assert changes_ballot(before, after) is changes
