"""A counted round with pots and several ways of voting."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from budgeting_blocks.models import RoundResult
from budgeting_blocks.services.counting import count_round, publish_results
from cms.users.models import User
from tests.budgeting_blocks.voting.conftest import CONFIRMED, Vote, vote, vote_unfrozen

__all__ = ["vote", "vote_unfrozen"]


@pytest.fixture
def counted(vote: Vote, coordinator: User) -> RoundResult:
    """Gym 12 votes, swing 7, bench 3: gym and swing win, bench does not fit any more."""
    for choices, times in (([vote.gym, vote.bench], 3), ([vote.gym], 9), ([vote.swing], 7)):
        for _time in range(times):
            vote.cast(*choices)
    vote.close()
    return count_round(round=vote.round, user=coordinator)


@pytest.fixture
def publish(coordinator: User) -> Callable[[RoundResult], RoundResult]:
    return lambda result: publish_results(result=result, user=coordinator, confirmation=CONFIRMED)
