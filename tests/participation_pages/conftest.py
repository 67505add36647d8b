"""What the tests of pages share."""

from datetime import timedelta

import pytest
from django.db import models
from django.test import Client
from django.utils import timezone

from budgeting_blocks.choices import PhaseKind
from budgeting_blocks.models import Phase, Round
from cms.users.models import User
from feedback_forms.models import Topic
from home.models import HomePage
from participation_pages.models import ForumPage, Panel
from tests.participation_pages import make


@pytest.fixture
def records(home_page: HomePage) -> dict[type[models.Model], models.Model]:
    """One public record of each kind that a block can point to."""
    now = timezone.now()
    a_round = Round.objects.create(title="Osbu 2026", slug="osbu-2026", budget=20_000, live=True)
    for kind, first, last in ((PhaseKind.PROPOSALS, -9, 9), (PhaseKind.VOTING, 20, 34)):
        Phase.objects.create(
            round=a_round, kind=kind, opens_at=now + timedelta(days=first), closes_at=now + timedelta(days=last)
        )
    panel = Panel.objects.create(
        title="Kuntalaisraati",
        slug="kuntalaisraati",
        purpose="Arvioi keskustan suunnitelmia.",
        seats=30,
        eligibility="Kaikki 15 vuotta täyttäneet hyvinkääläiset.",
        call_opens_at=now - timedelta(days=1),
        call_closes_at=now + timedelta(days=9),
        live=True,
    )
    forum = make.forum(home_page)
    make.announcement(forum, "Foorumin uutinen")
    make.event(forum, "Foorumin retki")
    topics = {Topic: Topic.objects.first()} if Topic.objects.exists() else {}
    return {Round: a_round, Panel: panel, ForumPage: forum, **topics}


@pytest.fixture
def editor(client: Client, db: None) -> User:
    """A signed-in administrator."""
    user = User.objects.create_superuser("editori", "editori@example.com", "salasana-jota-ei-arvaa")
    client.force_login(user, backend="cms.users.backends.StaffBackend")
    return user
