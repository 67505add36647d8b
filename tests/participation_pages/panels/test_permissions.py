"""Who may do what with panels: roles and phases."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from cms.users.roles import Role
from participation_pages.panels.domain.schedule import Change, ChangeKind, Standing, Window, standing_of
from participation_pages.panels.models import Panel
from participation_pages.panels.permissions import (
    can_apply,
    can_reschedule,
    can_see_panel_drafts,
    can_view_applications,
    can_view_contact,
)
from tests.participation_pages.panels.make import NOW, staff

ORGANISERS = {Role.ADMINISTRATOR, Role.BUDGETING_COORDINATOR}
WRITERS = {*ORGANISERS, Role.COMMUNICATIONS}
ROLES = [*Role, None]


def around(starts: int, ends: int) -> Window:
    return Window(NOW + timedelta(hours=starts), NOW + timedelta(hours=ends))


PHASES: dict[str, tuple[Standing, bool, str]] = {
    "no call": (standing_of(None, []), False, "ei voi nyt hakea"),
    "before": (standing_of(around(1, 2), []), False, "ei ole vielä alkanut"),
    "first moment": (standing_of(around(0, 2), []), True, ""),
    "during": (standing_of(around(-1, 1), []), True, ""),
    "last moment": (standing_of(around(-1, 0), []), False, "on päättynyt"),
    "after": (standing_of(around(-2, -1), []), False, "on päättynyt"),
    "cancelled": (standing_of(around(-1, 1), [Change(ChangeKind.CANCELLED, "x", NOW)]), False, "peruttu"),
    "postponed ahead": (
        standing_of(around(-1, 1), [Change(ChangeKind.POSTPONED, "x", NOW, around(5, 6))]),
        False,
        "ei ole vielä alkanut",
    ),
    "postponed, time open": (standing_of(around(-1, 1), [Change(ChangeKind.POSTPONED, "x", NOW)]), False, "ei voi nyt"),
    "prolonged": (standing_of(around(-3, -1), [Change(ChangeKind.POSTPONED, "x", NOW, around(-3, 1))]), True, ""),
}


@pytest.mark.parametrize("phase", PHASES)
def test_one_can_apply_only_while_the_call_is_open_and_is_told_why_not(phase: str) -> None:
    standing, allowed, reason = PHASES[phase]
    decision = can_apply(Panel(live=True), standing, NOW)
    assert decision.allowed is allowed
    assert reason in decision.reason


@pytest.mark.parametrize("phase", PHASES)
def test_nobody_can_apply_to_an_unpublished_panel_in_any_phase(phase: str) -> None:
    assert not can_apply(Panel(live=False), PHASES[phase][0], NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES, ids=str)
def test_only_those_who_run_panels_see_applications_and_contacts_and_move_times(role: Role | None) -> None:
    user = staff(role)
    for rule in (can_view_applications, can_view_contact, can_reschedule):
        decision = rule(user)
        assert decision.allowed is (role in ORGANISERS), rule.__name__
        assert bool(decision.reason) is not decision.allowed


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES, ids=str)
def test_those_who_write_about_panels_are_told_why_one_does_not_show(role: Role | None) -> None:
    assert can_see_panel_drafts(staff(role)).allowed is (role in WRITERS)


def test_a_visitor_may_see_and_move_nothing() -> None:
    for rule in (can_view_applications, can_view_contact, can_reschedule, can_see_panel_drafts):
        assert not rule(AnonymousUser())


@pytest.mark.django_db
def test_a_right_ends_when_the_account_is_closed() -> None:
    user = staff(Role.ADMINISTRATOR)
    user.is_active = False
    assert not can_view_applications(user)
