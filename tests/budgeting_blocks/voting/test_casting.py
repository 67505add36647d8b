"""Casting a ballot: once per code, in the voting time, whole or not at all."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from budgeting_blocks.domain.phases import Kind, Window
from budgeting_blocks.models import Ballot, BallotChoice, Proposal, Round, VoteReceipt, VotingRight
from budgeting_blocks.services.codes import CODE_LENGTH, CodesRefused, create_code_batch, hash_code, purge_codes
from budgeting_blocks.services.voting import (
    BallotRefused,
    KeyReused,
    VotingClosed,
    WrongCode,
    cast_ballot,
)
from cms.common.formtokens import make_token
from cms.users.models import User
from tests.budgeting_blocks.conftest import freeze
from tests.budgeting_blocks.voting.conftest import CONFIRMED, Vote

HELSINKI = ZoneInfo("Europe/Helsinki")


def key() -> str:
    return secrets.token_urlsafe(16)


def nothing_stored() -> bool:
    return not (
        Ballot.objects.exists()
        or BallotChoice.objects.exists()
        or VoteReceipt.objects.exists()
        or VotingRight.objects.filter(used=True).exists()
    )


def test_a_ballot_uses_its_code_up(vote: Vote) -> None:
    code = vote.codes[0]
    vote.cast(vote.bench, vote.gym, code=code)
    assert VotingRight.objects.filter(used=True).count() == Ballot.objects.count() == VoteReceipt.objects.count() == 1
    with pytest.raises(WrongCode):
        vote.cast(vote.swing, code=code)
    assert Ballot.objects.count() == 1


@pytest.mark.parametrize("code", ["", "AAAA-BBBB-CCCC", "x" * 5000, "\x00", "Ωμέγα", "'; DROP TABLE"])
def test_what_is_no_code_is_refused_and_nothing_stored(vote: Vote, code: str) -> None:
    with pytest.raises(WrongCode):
        vote.cast(vote.gym, code=code or " ")
    assert nothing_stored()


def test_a_code_of_another_round_is_unknown_here(
    vote: Vote, make_round: Callable[..., Round], coordinator: User
) -> None:
    other = make_round(Kind.VOTING)
    _batch, codes = create_code_batch(round=other, label="Muu", size=1, user=coordinator, now=_now())
    with pytest.raises(WrongCode):
        vote.cast(vote.gym, code=codes[0])


def test_a_refused_ballot_leaves_the_code_unused(
    vote: Vote, make_round: Callable[..., Round], make_proposal: Callable[..., Proposal]
) -> None:
    elsewhere = make_proposal(make_round(Kind.VOTING), "Muualla", state="proceeds", cost=10)
    rejected = make_proposal(vote.round, "Hylätty", state="rejected")
    hidden = make_proposal(vote.round, "Piilossa", state="proceeds", cost=10, live=False)
    for choices in ([vote.bench, vote.gym, vote.swing], [vote.gym, vote.gym], [], [elsewhere], [rejected], [hidden]):
        with pytest.raises(BallotRefused) as refusal:
            vote.cast(*choices, code=vote.codes[0])
        assert refusal.value.field == "proposals"
    assert nothing_stored()
    vote.cast(vote.gym, code=vote.codes[0])


def test_an_unpublished_round_takes_no_votes(vote: Vote) -> None:
    Round.objects.update(live=False)
    vote.round.refresh_from_db()
    with pytest.raises(VotingClosed):
        vote.cast(vote.gym)


def test_a_lost_answer_can_be_had_again_also_after_closing(vote: Vote) -> None:
    code, mine = vote.codes[0], key()
    send = {"round": vote.round, "code": code, "key": mine}
    receipt = cast_ballot(**send, proposals=[vote.gym.pk, vote.bench.pk])
    vote.close()
    assert cast_ballot(**send, proposals=[vote.bench.pk, vote.gym.pk]) == receipt
    assert Ballot.objects.count() == 1


def test_the_same_key_with_other_choices_or_another_code_changes_nothing(vote: Vote) -> None:
    mine = key()
    cast_ballot(round=vote.round, code=vote.codes[0], proposals=[vote.gym.pk], key=mine)
    with pytest.raises(KeyReused):
        cast_ballot(round=vote.round, code=vote.codes[0], proposals=[vote.swing.pk], key=mine)
    with pytest.raises(KeyReused):
        cast_ballot(round=vote.round, code=vote.codes[1], proposals=[vote.gym.pk], key=mine)
    assert list(BallotChoice.objects.values_list("proposal", flat=True)) == [vote.gym.pk]
    assert VotingRight.objects.filter(used=True).count() == 1


def test_a_guessable_key_is_a_programming_error(vote: Vote) -> None:
    with pytest.raises(ValueError, match="unguessable"):
        cast_ballot(round=vote.round, code=vote.codes[0], proposals=[vote.gym.pk], key="1")


def _now() -> datetime:
    return datetime.now(tz=HELSINKI)


@pytest.fixture
def autumn(make_round: Callable[..., Round], make_proposal: Callable[..., Proposal], coordinator: User) -> Vote:
    """Voting that ends on the night when the clocks go back: 25 October 2026 at 3.30 for the second time."""
    opens = datetime(2026, 10, 11, 8, 0, tzinfo=HELSINKI)
    closes = datetime(2026, 10, 25, 3, 30, tzinfo=HELSINKI, fold=1)
    round = make_round(windows=[Window(Kind.VOTING, opens, closes)])
    gym = make_proposal(round, "Ulkokuntosali", state="proceeds", cost=10_000)
    _batch, codes = create_code_batch(round=round, label="Kirjeet", size=5, user=coordinator, now=opens)
    freeze(round)
    return Vote(round, gym, gym, gym, codes)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-10-11T04:59:59.999999Z", False),
        ("2026-10-11T05:00:00Z", True),
        ("2026-10-25T00:30:00Z", True),  # 3.30 for the first time
        ("2026-10-25T01:29:59.999999Z", True),
        ("2026-10-25T01:30:00Z", False),
        ("2026-10-25T01:50:00Z", False),
    ],
)
def test_the_window_is_half_open_by_the_server_s_clock_also_when_the_clocks_change(
    autumn: Vote, moment: str, is_open: bool
) -> None:
    with time_machine.travel(datetime.fromisoformat(moment), tick=False):
        if is_open:
            autumn.cast(autumn.gym)
        else:
            with pytest.raises(VotingClosed):
                autumn.cast(autumn.gym)
    assert Ballot.objects.count() == is_open


def test_a_vote_that_waited_past_closing_for_the_lock_is_refused(vote: Vote, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock is read again when the box is held, not when the request came."""
    monkeypatch.setattr("budgeting_blocks.services.voting.holding", lambda _round: vote.close() or [])
    with pytest.raises(VotingClosed):
        vote.cast(vote.gym)
    assert nothing_stored()


def test_codes_are_stored_only_as_hashes_that_need_the_secret_and_the_round_s_salt(vote: Vote, settings) -> None:
    stored = " ".join(map(str, VotingRight.objects.values_list()))
    for code in vote.codes:
        assert code not in stored and code.replace("-", "") not in stored
    before = hash_code(vote.round, vote.codes[0])
    settings.SECRET_KEY = "another"
    assert hash_code(vote.round, vote.codes[0]) != before


def test_codes_have_twelve_signs_and_none_twice(vote: Vote) -> None:
    assert {len(code.replace("-", "")) for code in vote.codes} == {CODE_LENGTH}
    assert len(set(vote.codes)) == 30


def test_codes_are_not_made_after_closing_nor_by_others(vote: Vote, coordinator: User, moderator: User) -> None:
    with pytest.raises(CodesRefused):
        create_code_batch(round=vote.round, label="B", size=1, user=moderator, now=_now())
    vote.close()
    with pytest.raises(CodesRefused, match="päättynyt"):
        create_code_batch(round=vote.round, label="C", size=1, user=coordinator, now=_now())


@pytest.mark.parametrize("size", [0, -1, 20_001])
def test_a_batch_has_a_sensible_size(vote: Vote, coordinator: User, size: int) -> None:
    with pytest.raises(CodesRefused):
        create_code_batch(round=vote.round, label="D", size=size, user=coordinator, now=_now())


def test_codes_go_a_year_after_the_result_came_out(vote: Vote, coordinator: User) -> None:
    from budgeting_blocks.services.counting import count_round, publish_results

    vote.cast(vote.gym)
    vote.close()
    publish_results(result=count_round(round=vote.round, user=coordinator), user=coordinator, confirmation=CONFIRMED)
    assert purge_codes(_now() + timedelta(days=364)) == 0
    assert purge_codes(_now() + timedelta(days=366)) == 30
    assert Ballot.objects.count() == 1


def _post(data: dict[str, object], slug: str, barrier: Barrier) -> int:
    client = Client(headers={"sec-fetch-site": "same-origin"}, raise_request_exception=False)
    barrier.wait()
    try:
        return client.post(reverse("budgeting:vote_cast", args=[slug]), data).status_code
    finally:
        connection.close()


def _at_once(posts: list[dict[str, object]], slug: str) -> list[int]:
    barrier = Barrier(len(posts))
    with ThreadPoolExecutor(len(posts)) as pool:
        return sorted(pool.map(lambda data: _post(data, slug, barrier), posts))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_twenty_posts_of_one_code_at_once_give_exactly_one_ballot(vote: Vote) -> None:
    code = vote.codes[0]
    posts = [{"form_token": make_token(), "code": code, "proposals": [vote.gym.pk]} for _ in range(20)]
    assert _at_once(posts, vote.round.slug) == [303] + [422] * 19
    assert Ballot.objects.count() == BallotChoice.objects.count() == VoteReceipt.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_ten_clicks_of_one_page_at_once_all_get_the_receipt(vote: Vote) -> None:
    post = {"form_token": make_token(), "code": vote.codes[0], "proposals": [vote.gym.pk]}
    assert _at_once([post] * 10, vote.round.slug) == [303] * 10
    assert Ballot.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_one_page_with_ten_codes_at_once_casts_one_ballot(vote: Vote) -> None:
    token = make_token()
    posts = [{"form_token": token, "code": code, "proposals": [vote.gym.pk]} for code in vote.codes[:10]]
    assert _at_once(posts, vote.round.slug) == [303] + [409] * 9
    assert Ballot.objects.count() == VotingRight.objects.filter(used=True).count() == 1


@pytest.mark.parametrize("items", [0, 40])
def test_a_cast_asks_as_little_however_many_items_there_are_and_wherever_it_was_posted_from(
    vote_unfrozen: Vote, make_proposal: Callable[..., Proposal], home_page: Page, browser: Client, items: int
) -> None:
    vote = vote_unfrozen
    for number in range(items):
        make_proposal(vote.round, f"Muu {number}", state="proceeds", cost=100)
    freeze(vote.round)
    origin = f"{home_page.pk}:{uuid.uuid4()}"

    def send() -> int:
        post = {"form_token": make_token(), "code": vote.codes.pop(), "proposals": [vote.gym.pk], "origin": origin}
        return browser.post(reverse("budgeting:vote_cast", args=[vote.round.slug]), post).status_code

    assert send() == 303  # and the rules are read and parsed
    with CaptureQueriesContext(connection) as queries:
        assert send() == 303
    # In a test, a savepoint and its release stand for the beginning and the end of the transaction.
    assert len(queries) == (6 if connection.vendor == "postgresql" else 14)
