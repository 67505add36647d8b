"""Who may do what in which phase. Each table is the rule."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from budgeting_blocks.domain.phases import Kind, Window
from budgeting_blocks.domain.screening import Finding, State
from budgeting_blocks.models import Ballot, RoundResult
from budgeting_blocks.permissions import (
    can_change_money,
    can_change_voting_time,
    can_enter_proposal,
    can_screen_proposal,
    can_submit_proposal,
    can_withdraw_from_view,
)
from budgeting_blocks.permissions.voting import can_count_round
from cms.users.roles import Role
from tests.budgeting_blocks.conftest import freeze

NOW = timezone.now()


@pytest.mark.parametrize(
    ("phase", "live", "reason"),
    [
        (Kind.PROPOSALS, True, ""),
        (Kind.PROPOSALS, False, "ei ole julkaistu"),
        (Kind.SCREENING, True, "päättyi"),
        (Kind.VOTING, True, "päättyi"),
        (None, True, "päättyi"),
    ],
)
def test_anybody_proposes_in_the_proposal_phase_of_a_published_round(make_round, phase, live, reason):
    decision = can_submit_proposal(AnonymousUser(), make_round(phase, publish=live), timezone.now())
    assert decision.allowed is not bool(reason)
    assert reason in decision.reason


def test_nobody_proposes_before_the_phase_opens_and_the_reason_tells_when(make_round):
    round = make_round()
    decision = can_submit_proposal(None, round, timezone.now() - timedelta(days=8))
    assert not decision
    assert "alkaen" in decision.reason


def test_a_round_without_the_phase_collects_no_proposals(make_round):
    assert "ei kerätä" in can_submit_proposal(None, make_round(windows=[]), timezone.now()).reason


NOTHING, REJECTED = Finding(State.NOT_ASSESSED), Finding(State.REJECTED)
PASSED, DEARER, DONE = Finding(State.PROCEEDS, 10), Finding(State.PROCEEDS, 20), Finding(State.IMPLEMENTED, 10)


@pytest.mark.parametrize(
    ("role", "phase", "before", "after", "allowed"),
    [
        (Role.BUDGETING_COORDINATOR, Kind.PROPOSALS, NOTHING, PASSED, True),
        (Role.BUDGETING_COORDINATOR, Kind.SCREENING, NOTHING, PASSED, True),
        (Role.BUDGETING_COORDINATOR, Kind.SCREENING, PASSED, DEARER, True),
        (Role.BUDGETING_COORDINATOR, Kind.VOTING, NOTHING, PASSED, False),
        (Role.BUDGETING_COORDINATOR, Kind.VOTING, PASSED, REJECTED, False),
        (Role.BUDGETING_COORDINATOR, Kind.VOTING, PASSED, DEARER, False),
        (Role.BUDGETING_COORDINATOR, Kind.VOTING, NOTHING, REJECTED, True),
        (Role.BUDGETING_COORDINATOR, Kind.VOTING, PASSED, PASSED, True),
        (Role.BUDGETING_COORDINATOR, None, PASSED, DONE, True),
        (Role.BUDGETING_COORDINATOR, None, PASSED, DEARER, False),
        (Role.BUDGETING_COORDINATOR, None, REJECTED, PASSED, False),
        (Role.ADMINISTRATOR, Kind.SCREENING, NOTHING, PASSED, True),
        (Role.ADMINISTRATOR, Kind.VOTING, PASSED, DEARER, False),
        (Role.MODERATOR, Kind.SCREENING, NOTHING, PASSED, False),
        (Role.COMMUNICATIONS, Kind.SCREENING, NOTHING, PASSED, False),
        (Role.CASE_HANDLER, Kind.SCREENING, NOTHING, PASSED, False),
    ],
)
def test_who_assesses_and_what_an_opened_vote_freezes(
    make_staff, make_round, make_proposal, role, phase, before, after, allowed
):
    proposal = make_proposal(make_round(phase))
    if phase in (Kind.VOTING, None):
        freeze(proposal.round)
    decision = can_screen_proposal(make_staff(role), proposal, before, after)
    assert decision.allowed is allowed
    assert bool(decision.reason) is not allowed


@pytest.mark.parametrize("user", [None, AnonymousUser()])
def test_no_resident_assesses(make_round, make_proposal, user):
    proposal = make_proposal(make_round(Kind.SCREENING))
    assert not can_screen_proposal(user, proposal, NOTHING, PASSED)


@pytest.mark.parametrize(
    ("phase", "state", "counted", "allowed"),
    [
        (Kind.SCREENING, "proceeds", False, True),
        (Kind.VOTING, "proceeds", False, False),
        (Kind.VOTING, "rejected", False, True),
        (Kind.VOTING, "", False, True),
        (None, "proceeds", False, False),
        (None, "proceeds", True, True),
        (None, "rejected", False, True),
    ],
)
def test_a_proposal_leaves_the_public_unless_it_stands_in_a_vote_that_is_not_counted(
    make_round, make_proposal, phase, state, counted, allowed
):
    round = make_round(phase)
    proposal = make_proposal(round, state=state)
    if phase in (Kind.VOTING, None):
        freeze(round)
    if counted:
        RoundResult.objects.create(round=round, counted_at=timezone.now())
    assert can_withdraw_from_view(proposal).allowed is allowed


@pytest.mark.parametrize(("phase", "allowed"), [(Kind.PROPOSALS, True), (Kind.SCREENING, False)])
def test_once_the_ballot_is_frozen_nothing_is_entered_late_whatever_the_dates_say(
    coordinator, make_round, phase, allowed
):
    round, now = make_round(phase), timezone.now()
    assert can_enter_proposal(coordinator, round, now)
    freeze(round)
    assert can_enter_proposal(coordinator, round, now).allowed is allowed


def vote(opens: int, closes: int) -> Window:
    return Window(Kind.VOTING, NOW + timedelta(days=opens), NOW + timedelta(days=closes))


@pytest.mark.parametrize(
    ("stored", "wanted", "allowed"),
    [
        (vote(1, 5), vote(2, 9), True),
        (vote(1, 5), None, True),
        (vote(-1, 5), vote(-1, 5), True),
        (vote(-1, 5), vote(-1, 9), True),
        (vote(-1, 5), vote(-1, 0), False),
        (vote(-1, 5), vote(-2, 5), False),
        (vote(-1, 5), None, False),
        (vote(-5, -1), vote(-5, 3), False),
        (vote(-5, -1), vote(-5, -1), True),
        (None, vote(-1, 5), True),
    ],
)
def test_the_time_of_an_opened_vote_only_grows(make_round, stored, wanted, allowed):
    round = make_round(windows=[stored] if stored else [])
    freeze(round)
    assert can_change_voting_time(round, [wanted] if wanted else [], NOW).allowed is allowed


@pytest.mark.parametrize("stored", [vote(1, 5), vote(-1, 5), vote(-5, -1)])
@pytest.mark.parametrize("frozen", [True, False])
def test_the_freeze_and_not_the_date_holds_money_times_and_items(
    coordinator, make_round, make_proposal, stored, frozen
):
    round = make_round(windows=[stored])
    if frozen:
        freeze(round)
    assert can_change_money(round, 30_000).allowed is not frozen
    assert can_change_money(round, round.budget)
    assert can_screen_proposal(coordinator, make_proposal(round), NOTHING, PASSED).allowed is not frozen
    moved = [vote(7, 9)]
    assert can_change_voting_time(round, moved, NOW).allowed is (not frozen or stored.opens_at > NOW)


def test_a_ballot_holds_a_round_too(make_round):
    round = make_round(Kind.VOTING)
    Ballot.objects.create(round=round)
    assert not can_change_money(round, 30_000)
    assert not can_change_voting_time(round, [], timezone.now())


@pytest.mark.parametrize("frozen", [True, False])
def test_only_a_vote_by_frozen_rules_is_counted(coordinator, make_round, frozen):
    round = make_round(None)
    if frozen:
        freeze(round)
    decision = can_count_round(coordinator, round, timezone.now())
    assert decision.allowed is frozen
    assert ("ei avattu" in decision.reason) is not frozen
