"""A round that votes by every means, with an age limit and for residents only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.domain.rules import USUAL_STRENGTH
from budgeting_blocks.models import IdentificationMeans, Proposal, Round, RuleSheet
from cms.common.formtokens import make_token
from cms.users.models import User
from tests.budgeting_blocks.conftest import freeze


@dataclass
class Ladder:
    """`bench` stands on the ballot."""

    round: Round
    bench: Proposal

    def url(self, name: str) -> str:
        return reverse(f"budgeting:{name}", args=[self.round.slug])


@pytest.fixture
def make_ladder(make_round: Callable[..., Round], make_proposal: Callable[..., Proposal]) -> Callable[..., Ladder]:
    """`make_ladder(min_age=12)`: rules of the sheet."""

    def make(open_kind: Kind | None = Kind.VOTING, **rules: object) -> Ladder:
        caches["shared"].clear()
        round = make_round(open_kind, title="Osbu 2026", slug="osbu-2026")
        bench = make_proposal(round, "Penkki rantaan", state="proceeds", cost=6000)
        sheet = RuleSheet.objects.create(round=round, **rules)
        for kind, strength in USUAL_STRENGTH.items():
            IdentificationMeans.objects.create(sheet=sheet, kind=kind, strength=strength)
        freeze(round)
        return Ladder(round, bench)

    return make


@pytest.fixture
def ladder(make_ladder: Callable[..., Ladder]) -> Ladder:
    return make_ladder()


@pytest.fixture
def desk_clerk(coordinator: User) -> User:
    return coordinator


@pytest.fixture
def staff(coordinator: User) -> Client:
    client = Client()
    client.force_login(coordinator)
    return client


def post(client: Client, url: str, **data: object):
    """A form of the site, sent as a browser sends it."""
    return client.post(url, {"form_token": make_token(), **data})
