"""Proposals that two units assess."""

import pytest
from django.utils import timezone

from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.models import Criterion, ProposalContact, Screening
from budgeting_blocks.services.follow import follow_token, hash_token
from cms.users.models import Unit
from cms.users.roles import Role


@pytest.fixture
def round(make_round):
    return make_round(Kind.SCREENING)


@pytest.fixture
def parks(db):
    return Unit.objects.create(name="Puistot", email="puistot@example.com")


@pytest.fixture
def sports(db):
    return Unit.objects.create(name="Liikunta")


@pytest.fixture
def screener(make_staff, parks):
    """An assessor of the parks."""
    user = make_staff(Role.SCREENER)
    user.units.add(parks)
    return user


@pytest.fixture
def add(round, make_proposal):
    """`add("Penkki", unit)`: a published proposal with an author and an assessment that nobody has begun."""

    def make(title, unit=None, *, of_round=None, **values):
        key = f"key-{title}"
        proposal = make_proposal(of_round or round, title, submission_key=key)
        ProposalContact.objects.create(
            proposal=proposal,
            email=f"{title.lower()}@example.com".replace(" ", "-"),
            follow_hash=hash_token(follow_token(key)),
            created_at=timezone.now(),
        )
        Screening.objects.create(proposal=proposal, unit=unit, **values)
        return proposal

    return make


@pytest.fixture
def criterion(round):
    return Criterion.objects.create(round=round, name="Kaupungin maalla")
