"""Two hundred voters at once, a fifth of them twice; and a server that is killed in the middle."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from budgeting_blocks.models import Ballot, BallotChoice, VoteReceipt, VotingRight
from budgeting_blocks.services.codes import create_code_batch
from cms.common.formtokens import make_token
from cms.users.models import User
from tests.budgeting_blocks.voting.conftest import Vote
from tests.load.storm import kill
from tests.siteserver import copy_site

CLIENTS, TWICE = 200, 40


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_hundred_at_once_every_right_gets_one_ballot_and_the_rest_hear_that_they_have_voted(
    vote: Vote, coordinator: User
) -> None:
    _batch, codes = create_code_batch(
        round=vote.round, label="Myrsky", size=CLIENTS - TWICE, user=coordinator, now=timezone.now()
    )
    url = reverse("budgeting:vote_cast", args=[vote.round.slug])
    posts = [
        {"form_token": make_token(), "code": code, "proposals": [vote.gym.pk, vote.bench.pk]}
        for code in [*codes, *codes[:TWICE]]
    ]
    together = Barrier(CLIENTS)

    def post(number: int) -> tuple[int, bool]:
        # An address for each, as clients have: wrong codes of one address are slowed down after thirty.
        client = Client(
            headers={"sec-fetch-site": "same-origin"}, REMOTE_ADDR=f"192.0.2.{number}", raise_request_exception=False
        )
        together.wait()
        try:
            response = client.post(url, posts[number])
            return response.status_code, "Koodi ei kelpaa" in response.content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = sorted(pool.map(post, range(CLIENTS)))
    assert answers == [(303, False)] * (CLIENTS - TWICE) + [(422, True)] * TWICE
    assert Ballot.objects.count() == VoteReceipt.objects.count() == CLIENTS - TWICE
    assert VotingRight.objects.filter(used=True).count() == CLIENTS - TWICE
    assert BallotChoice.objects.count() == 2 * (CLIENTS - TWICE)


@pytest.mark.e2e
@pytest.mark.xdist_group("e2e-ways")
def test_no_acknowledged_vote_is_lost_when_every_process_of_the_server_is_killed(
    prepared: Path, tmp_path: Path
) -> None:
    acknowledged, voters = kill(copy_site(prepared, tmp_path / "data"), voters=80)
    # The server died in the middle of the voting.
    assert 20 <= acknowledged < voters
