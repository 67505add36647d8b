"""What the tests of participatory budgeting share."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from budgeting_blocks.domain.phases import Kind, Window
from budgeting_blocks.models import Area, Proposal, Round, RuleVersion, Screening, Theme
from budgeting_blocks.roles import ROLE_PERMISSIONS
from budgeting_blocks.selectors.rules import draft_rules
from budgeting_blocks.services.rounds import create_round
from cms.users.models import User
from cms.users.roles import Role, group_of


def windows(now: datetime, *, open_kind: Kind | None = Kind.PROPOSALS) -> list[Window]:
    """Proposals, screening and voting of two weeks each, one after another, with `open_kind` open at `now`.

    None: all are over.
    """
    kinds = list(Kind)
    step = timedelta(days=14)
    index = kinds.index(open_kind) if open_kind else len(kinds)
    start = now - step * index - timedelta(days=7)
    return [Window(kind, start + step * i, start + step * (i + 1)) for i, kind in enumerate(kinds)]


def freeze(round: Round) -> RuleVersion:
    """Freeze the round's rules and items as they are, checklist or not; a second time, as a correction would."""
    frozen = draft_rules(round)
    number = round.rule_versions.count() + 1
    return RuleVersion.objects.create(
        round=round,
        number=number,
        document=frozen.document(),
        fingerprint=frozen.fingerprint,
        reason="Korjaus" if number > 1 else "",
        created_at=timezone.now(),
    )


@pytest.fixture
def theme(db: None) -> Theme:
    return Theme.objects.create(name="Liikunta", slug="liikunta")


@pytest.fixture
def area(db: None) -> Area:
    return Area.objects.create(name="Kytäjä", slug="kytaja")


@pytest.fixture
def make_round(db: None) -> Callable[..., Round]:
    """`make_round(Kind.VOTING)`: a published round in that phase now."""

    def make(open_kind: Kind | None = Kind.PROPOSALS, **kwargs: Any) -> Round:
        number = Round.objects.count() + 1
        return create_round(
            **{
                "title": f"Kierros {number}",
                "slug": f"kierros-{number}",
                "budget": 20_000,
                "windows": windows(timezone.now(), open_kind=open_kind),
            }
            | kwargs
        )

    return make


@pytest.fixture
def proposing_round(make_round: Callable[..., Round]) -> Round:
    return make_round(Kind.PROPOSALS)


@pytest.fixture
def make_proposal(theme: Theme) -> Callable[..., Proposal]:
    """A published proposal, with an assessment when `state` is given."""

    def make(round: Round, title: str = "Penkki rantaan", *, state: str = "", cost: int | None = None, **kwargs: Any):
        live = kwargs.pop("live", True)
        fields = {"summary": "Tiivistelmä", "description": "Kuvaus", "theme": theme} | kwargs
        proposal = Proposal(round=round, title=title, live=live, **fields)
        if live:
            proposal.first_published_at = timezone.now()
        proposal.save()
        if state:
            Screening.objects.create(proposal=proposal, state=state, cost=cost or 1000, reasons="Toteutettavissa.")
        return proposal

    return make


@pytest.fixture
def fill_ballot(theme: Theme) -> Callable[[Round, int], None]:
    """So many items at once, which the site's search does not hear of."""

    def fill(round: Round, count: int) -> None:
        proposals = Proposal.objects.bulk_create(
            Proposal(
                round=round,
                title=f"Valaistusta ja penkkejä kylän raitille {number}",
                summary="Tiivistelmä",
                description="Kuvaus",
                theme=theme,
                live=True,
                first_published_at=timezone.now(),
            )
            for number in range(count)
        )
        Screening.objects.bulk_create(
            Screening(proposal=proposal, state="proceeds", cost=100 + number, reasons="Toteutettavissa.")
            for number, proposal in enumerate(proposals)
        )

    return fill


@pytest.fixture
def make_staff(db: None) -> Callable[..., User]:
    """`make_staff(Role.MODERATOR)`: a member of staff with the permissions that this room gives to the role."""

    def make(role: Role, *extra: str) -> User:
        user = User.objects.create_user(f"{role.name.lower()}", f"{role.name.lower()}@example.com", "x")
        group = group_of(role)
        names = [*ROLE_PERMISSIONS.get(role, ()), "wagtailadmin.access_admin", *extra]
        for name in names:
            app_label, codename = name.split(".")
            group.permissions.add(Permission.objects.get(content_type__app_label=app_label, codename=codename))
        user.groups.add(group)
        return User.objects.get(pk=user.pk)

    return make


@pytest.fixture
def coordinator(make_staff: Callable[..., User]) -> User:
    return make_staff(Role.BUDGETING_COORDINATOR)


@pytest.fixture
def moderator(make_staff: Callable[..., User]) -> User:
    return make_staff(Role.MODERATOR)
