"""Who works on which assessment, and when proposals are put together. Each table is the rule."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.domain.screening import Finding, State, changes_ballot, missing
from budgeting_blocks.models import ProposalContact, ProposalMerge, RuleVersion, Screening, ScreeningQuestion
from budgeting_blocks.permissions import can_screen_proposal
from budgeting_blocks.permissions.merging import can_merge_proposals, can_object_to_merge, can_undo_merge
from budgeting_blocks.permissions.screening import (
    can_answer_question,
    can_ask_author,
    can_assign_screening,
    can_work_on_screening,
)
from cms.users.models import Unit
from cms.users.roles import Role

NOTHING, PASSED = Finding(State.NOT_ASSESSED), Finding(State.PROCEEDS, 10)


def with_unit(proposal, name):
    unit = Unit.objects.get_or_create(name=name)[0] if name else None
    return Screening.objects.create(proposal=proposal, unit=unit)


@pytest.mark.parametrize(
    ("role", "unit", "works", "shares_out"),
    [
        (Role.BUDGETING_COORDINATOR, "Muu", True, True),
        (Role.BUDGETING_COORDINATOR, "", True, True),
        (Role.ADMINISTRATOR, "Muu", True, True),
        (Role.SCREENER, "Oma", True, False),
        (Role.SCREENER, "Muu", False, False),
        (Role.SCREENER, "", False, False),
        (Role.MODERATOR, "Oma", False, False),
        (Role.COMMUNICATIONS, "Oma", False, False),
        (Role.CASE_HANDLER, "Oma", False, False),
    ],
)
def test_who_works_on_an_assessment_and_who_shares_them_out(
    make_staff, make_round, make_proposal, role, unit, works, shares_out
):
    user = make_staff(role)
    user.units.add(Unit.objects.create(name="Oma"))
    screening = with_unit(make_proposal(make_round(Kind.SCREENING)), unit)
    decision = can_work_on_screening(user, screening)
    assert decision.allowed is works
    assert bool(decision.reason) is not works
    assert can_assign_screening(user).allowed is shares_out
    assert can_screen_proposal(user, screening.proposal, NOTHING, PASSED).allowed is works


@pytest.mark.parametrize(
    ("role", "phase", "frozen", "allowed"),
    [
        (Role.BUDGETING_COORDINATOR, Kind.PROPOSALS, False, True),
        (Role.BUDGETING_COORDINATOR, Kind.SCREENING, False, True),
        (Role.BUDGETING_COORDINATOR, Kind.SCREENING, True, False),
        (Role.BUDGETING_COORDINATOR, Kind.VOTING, False, True),
        (Role.BUDGETING_COORDINATOR, Kind.VOTING, True, False),
        (Role.BUDGETING_COORDINATOR, None, True, False),
        (Role.ADMINISTRATOR, Kind.SCREENING, False, True),
        (Role.SCREENER, Kind.SCREENING, False, False),
        (Role.MODERATOR, Kind.SCREENING, False, False),
    ],
)
def test_who_merges_and_until_when(make_staff, make_round, make_proposal, role, phase, frozen, allowed):
    user, round = make_staff(role), make_round(phase)
    if frozen:
        RuleVersion.objects.create(round=round, number=1, document={}, fingerprint="x", created_at=timezone.now())
    merge = ProposalMerge(target=make_proposal(round, "a"), source=make_proposal(round, "b"))
    for decision in (can_merge_proposals(user, round), can_undo_merge(user, merge)):
        assert decision.allowed is allowed
        assert bool(decision.reason) is not allowed


@pytest.mark.parametrize("user", [None, AnonymousUser()])
def test_no_resident_works_shares_out_or_merges(make_round, make_proposal, user):
    round = make_round(Kind.SCREENING)
    assert not can_work_on_screening(user, with_unit(make_proposal(round), ""))
    assert not can_assign_screening(user)
    assert not can_merge_proposals(user, round)


@pytest.mark.parametrize(
    ("frozen", "before", "after", "allowed"),
    [
        (True, NOTHING, PASSED, False),
        (True, PASSED, Finding(State.PROCEEDS, 20), False),
        (True, PASSED, Finding(State.PROCEEDS, 10, upkeep=5), False),
        (True, PASSED, Finding(State.PROCEEDS, 10, pot=1), False),
        (True, NOTHING, Finding(State.REJECTED), True),
        (True, PASSED, Finding(State.PROCEEDS, 10, upkeep=0), True),
        (False, NOTHING, PASSED, True),
    ],
)
def test_the_freeze_holds_the_ballot_before_the_vote_opens(
    coordinator, make_round, make_proposal, frozen, before, after, allowed
):
    round = make_round(Kind.SCREENING)
    if frozen:
        RuleVersion.objects.create(round=round, number=1, document={}, fingerprint="x", created_at=timezone.now())
    decision = can_screen_proposal(coordinator, make_proposal(round), before, after)
    assert decision.allowed is allowed
    assert changes_ballot(before, after) is not (frozen and allowed)


@pytest.mark.parametrize(
    ("state", "needed"),
    [
        (State.NOT_ASSESSED, set()),
        (State.UNDER_ASSESSMENT, set()),
        (State.PROCEEDS, {"cost", "reasons"}),
        (State.REJECTED, {"reasons"}),
        (State.WITHDRAWN, {"reasons"}),
        (State.IMPLEMENTED, {"cost", "reasons"}),
    ],
)
def test_what_a_proposal_needs_to_leave_screening(state, needed):
    assert missing(state, cost=None, reasons=" ") == needed


@pytest.mark.parametrize(
    ("state", "reachable", "answered", "may_ask", "may_answer"),
    [
        ("not_assessed", True, False, True, True),
        ("under_assessment", True, False, True, True),
        ("under_assessment", False, False, False, True),
        ("under_assessment", True, True, True, False),
        ("rejected", True, False, False, False),
    ],
)
def test_when_the_author_is_asked_and_answers(
    coordinator, make_round, make_proposal, state, reachable, answered, may_ask, may_answer
):
    now = timezone.now()
    proposal = make_proposal(make_round(Kind.SCREENING))
    if reachable:
        ProposalContact.objects.create(proposal=proposal, email="a@example.com", follow_hash="x", created_at=now)
    screening = Screening.objects.create(proposal=proposal, state=state, reasons="x")
    question = ScreeningQuestion(screening=screening, text="?", answered_at=now if answered else None)
    assert can_ask_author(coordinator, screening).allowed is may_ask
    assert can_answer_question(question).allowed is may_answer


@pytest.mark.parametrize(
    ("whose", "hours_left", "allowed"),
    [("source", 1, True), ("target", 1, True), ("other", 1, False), ("source", 0, False), ("target", -1, False)],
)
def test_the_authors_of_both_object_until_the_time_is_over(make_round, make_proposal, whose, hours_left, allowed):
    now, round = timezone.now(), make_round(Kind.SCREENING)
    family = {name: make_proposal(round, name) for name in ("source", "target", "other")}
    merge = ProposalMerge.objects.create(
        source=family["source"],
        target=family["target"],
        reason="x",
        merged_at=now,
        objection_until=now + timedelta(hours=hours_left),
    )
    contact = ProposalContact(proposal=family[whose])
    assert can_object_to_merge(contact, merge, now).allowed is allowed
