"""The twenty minutes before and after closing, minute by minute, on plain days and when the clocks change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from budgeting_blocks.domain.phases import Kind, Window
from budgeting_blocks.models import Ballot, Proposal, Round
from budgeting_blocks.services.codes import create_code_batch
from budgeting_blocks.services.sealing import SealRefused, seal_round
from cms.common.formtokens import make_token
from cms.users.models import User
from tests.budgeting_blocks.conftest import freeze
from tests.budgeting_blocks.voting.conftest import Vote, Voter

HELSINKI = ZoneInfo("Europe/Helsinki")
MINUTES = (-20, -10, -1, 0, 1, 10, 20)

CLOSINGS = {
    "midnight of a plain day": (datetime(2026, 4, 14, 0, 0, tzinfo=HELSINKI), "2026-04-13T21:00:00"),
    "the hour that is left out": (datetime(2026, 3, 29, 4, 0, tzinfo=HELSINKI), "2026-03-29T01:00:00"),
    "the hour that comes twice, first": (datetime(2026, 10, 25, 3, 10, tzinfo=HELSINKI), "2026-10-25T00:10:00"),
    "the hour that comes twice, second": (
        datetime(2026, 10, 25, 3, 10, fold=1, tzinfo=HELSINKI),
        "2026-10-25T01:10:00",
    ),
    "the night after": (datetime(2026, 10, 26, 0, 0, tzinfo=HELSINKI), "2026-10-25T22:00:00"),
}


@pytest.mark.parametrize("name", CLOSINGS)
def test_votes_come_in_until_the_very_moment_by_the_server_s_clock(
    name: str, make_round: Callable[..., Round], make_proposal: Callable[..., Proposal], coordinator: User
) -> None:
    closes, utc = CLOSINGS[name]
    moment = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert closes.astimezone(UTC) == moment
    opens = closes - timedelta(days=14)
    with time_machine.travel(moment - timedelta(hours=2), tick=False):
        round = make_round(windows=[Window(Kind.VOTING, opens, closes)])
        gym = make_proposal(round, "Ulkokuntosali", state="proceeds", cost=10_000)
        _batch, codes = create_code_batch(round=round, label="K", size=20, user=coordinator, now=opens)
        freeze(round)
    voter = Voter(Client(headers={"sec-fetch-site": "same-origin"}), Vote(round, gym, gym, gym, codes))
    steps = [timedelta(minutes=minutes) for minutes in MINUTES]
    stored = 0
    for step in sorted([*steps, timedelta(microseconds=-1)]):
        with time_machine.travel(moment + step, tick=False):
            # The page was opened before; only the clock at the casting counts.
            response = voter.send([gym], codes.pop(), make_token())
            if step < timedelta(0):
                stored += 1
                assert response.status_code == 303, step
                with pytest.raises(SealRefused):
                    seal_round(round=round)
            else:
                assert response.status_code == 422, step
                assert "Äänestys päättyi" in response.content.decode()
        assert Ballot.objects.count() == stored
    with time_machine.travel(moment, tick=False):
        assert seal_round(round=round).ballots == stored == 4
