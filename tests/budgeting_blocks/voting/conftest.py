"""What the tests of voting share: a round whose voting is open, its items, codes, and a visitor who votes."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.models import Phase, Proposal, Round
from budgeting_blocks.services.codes import create_code_batch
from budgeting_blocks.services.counting import Confirmation
from budgeting_blocks.services.voting import cast_ballot
from cms.common.formtokens import make_token
from cms.users.models import User
from tests.budgeting_blocks.conftest import freeze

CONFIRMED = Confirmation(by="puheenjohtaja", body="Kaupunginhallitus", date=date(2020, 12, 1), section="§ 12")


@dataclass
class Vote:
    """A round with its ballot: `bench` 6 000 €, `gym` 10 000 €, `swing` 8 000 €; the money is 20 000 €."""

    round: Round
    bench: Proposal
    gym: Proposal
    swing: Proposal
    codes: list[str]

    def cast(self, *proposals: Proposal, code: str | None = None) -> str:
        return cast_ballot(
            round=self.round,
            code=code or self.codes.pop(),
            proposals=[proposal.pk for proposal in proposals],
            key=secrets.token_urlsafe(16),
        )

    def close(self) -> None:
        """Let the voting end a second ago, as if its time had gone by."""
        now = timezone.now()
        Phase.objects.filter(round=self.round, kind=Kind.VOTING).update(
            opens_at=now - timedelta(days=7), closes_at=now - timedelta(seconds=1)
        )


@pytest.fixture
def vote_unfrozen(make_round: Callable[..., Round], make_proposal: Callable[..., Proposal], coordinator: User) -> Vote:
    """Like `vote`, but nobody has frozen the rules."""
    # The cache's table is not emptied after tests that commit; wrong codes counted there must not follow.
    caches["shared"].clear()
    round = make_round(Kind.VOTING, title="Osbu 2026", slug="osbu-2026")
    bench = make_proposal(round, "Penkki rantaan", state="proceeds", cost=6000)
    gym = make_proposal(round, "Ulkokuntosali", state="proceeds", cost=10_000)
    swing = make_proposal(round, "Keinu puistoon", state="proceeds", cost=8000)
    _batch, codes = create_code_batch(round=round, label="Kirjeet", size=30, user=coordinator, now=timezone.now())
    return Vote(round, bench, gym, swing, codes)


@pytest.fixture
def vote(vote_unfrozen: Vote) -> Vote:
    freeze(vote_unfrozen.round)
    return vote_unfrozen


class Voter:
    """A visitor's browser without JavaScript."""

    def __init__(self, client: Client, vote: Vote) -> None:
        self.client, self.slug = client, vote.round.slug

    def post(self, name: str, data: dict[str, object], token: str | None = None):
        url = reverse(f"budgeting:{name}", args=[self.slug])
        return self.client.post(url, {"form_token": make_token() if token is None else token, **data})

    def review(self, proposals: Sequence[Proposal | int], token: str | None = None, **data: object):
        return self.post("vote_review", {"proposals": _ids(proposals), **data}, token)

    def send(self, proposals: Sequence[Proposal | int], code: str, token: str | None = None, **data: object):
        return self.post("vote_cast", {"proposals": _ids(proposals), "code": code, **data}, token)


def _ids(proposals: Sequence[Proposal | int]) -> list[int]:
    return [getattr(proposal, "pk", proposal) for proposal in proposals]


@pytest.fixture
def voter(browser: Client, vote: Vote) -> Voter:
    return Voter(browser, vote)
