"""From the closed box to the published result."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone
from wagtail.models import ModelLogEntry

from budgeting_blocks.models import (
    Ballot,
    BallotChoice,
    Proposal,
    ProposalContact,
    ResultLine,
    Round,
    RoundResult,
    Screening,
    VoteReceipt,
)
from budgeting_blocks.services.archive import ArchiveRefused, PastLine, record_past_result
from budgeting_blocks.services.counting import (
    CountRefused,
    PublishRefused,
    count_round,
    publish_results,
)
from budgeting_blocks.services.voting import VotingClosed
from cms.users.models import User
from tests.budgeting_blocks.voting.conftest import CONFIRMED, Vote


@pytest.fixture
def counted(vote: Vote, coordinator: User) -> RoundResult:
    for choices in ([vote.gym, vote.bench], [vote.gym], [vote.gym, vote.swing], [vote.swing]):
        vote.cast(*choices)
    vote.close()
    return count_round(round=vote.round, user=coordinator)


def test_votes_are_counted_after_closing(vote: Vote, counted: RoundResult) -> None:
    lines = list(counted.lines.values_list("rank", "proposal", "votes", "cost", "funded"))
    assert lines == [
        (1, vote.gym.pk, 3, 10_000, True),
        (2, vote.swing.pk, 2, 8000, True),
        (3, vote.bench.pk, 1, 6000, False),
    ]
    assert (counted.voters, counted.void, counted.ties, counted.published_at) == (4, 0, [], None)


def test_an_open_vote_is_not_counted(vote: Vote, coordinator: User) -> None:
    with pytest.raises(CountRefused, match="vasta, kun äänestys on päättynyt"):
        count_round(round=vote.round, user=coordinator)


def test_only_those_with_the_permission_count_and_publish(vote: Vote, moderator: User, counted: RoundResult) -> None:
    with pytest.raises(PublishRefused):
        publish_results(result=counted, user=moderator, confirmation=CONFIRMED)
    counted.delete()
    with pytest.raises(CountRefused):
        count_round(round=vote.round, user=moderator)


def test_a_round_is_counted_once(vote: Vote, counted: RoundResult, coordinator: User) -> None:
    with pytest.raises(CountRefused, match="jo laskettu"):
        count_round(round=vote.round, user=coordinator)


def test_a_counted_box_takes_no_more_ballots_though_the_end_is_moved(vote: Vote, counted: RoundResult) -> None:
    from budgeting_blocks.models import Phase

    Phase.objects.filter(round=vote.round, kind="voting").update(closes_at=datetime.now(tz=UTC) + timedelta(days=1))
    with pytest.raises(VotingClosed, match="jo laskettu"):
        vote.cast(vote.gym)


@pytest.mark.parametrize("model", [Ballot, VoteReceipt])
def test_a_row_added_by_other_means_stops_the_count(vote: Vote, coordinator: User, model: type) -> None:
    vote.cast(vote.gym)
    model.objects.create(round=vote.round)
    vote.close()
    with pytest.raises(CountRefused, match="Lukujen on oltava samat"):
        count_round(round=vote.round, user=coordinator)
    assert not RoundResult.objects.exists()


def test_a_ballot_changed_by_other_means_is_void_and_said_so(vote: Vote, coordinator: User) -> None:
    vote.cast(vote.gym)
    vote.cast(vote.swing)
    ballot = Ballot.objects.get(choices__proposal=vote.gym)
    BallotChoice.objects.bulk_create(BallotChoice(ballot=ballot, proposal=item) for item in (vote.bench, vote.swing))
    vote.close()
    result = count_round(round=vote.round, user=coordinator)
    assert (result.voters, result.void) == (2, 1)
    assert result.lines.get(proposal=vote.gym).votes == 0


def test_a_tie_over_money_is_reported(vote: Vote, coordinator: User) -> None:
    for choices in ([vote.bench], [vote.gym], [vote.swing]):
        vote.cast(*choices)
    vote.close()
    result = count_round(round=vote.round, user=coordinator)
    assert result.ties == [[vote.bench.pk, vote.swing.pk, vote.gym.pk]]


def test_publishing_moves_the_funded_on_and_tells_their_authors(
    vote: Vote, counted: RoundResult, coordinator: User, django_capture_on_commit_callbacks
) -> None:
    ProposalContact.objects.create(
        proposal=vote.gym, email="tekija@example.com", follow_hash="x", created_at=counted.counted_at
    )
    with django_capture_on_commit_callbacks(execute=True):
        publish_results(result=counted, user=coordinator, confirmation=CONFIRMED)
    states = dict(Screening.objects.values_list("proposal", "state"))
    assert states == {vote.gym.pk: "implemented", vote.swing.pk: "implemented", vote.bench.pk: "proceeds"}
    assert [message.to for message in mail.outbox] == [["tekija@example.com"]]
    assert counted.published_at is not None


@pytest.mark.parametrize("field", ["by", "body", "section"])
def test_a_result_needs_a_decision(counted: RoundResult, coordinator: User, field: str) -> None:
    with pytest.raises(PublishRefused) as refusal:
        publish_results(result=counted, user=coordinator, confirmation=replace(CONFIRMED, **{field: "  "}))
    assert refusal.value.field == field
    counted.refresh_from_db()
    assert counted.published_at is None


def test_a_result_is_not_confirmed_before_the_day_of_its_decision(counted: RoundResult, coordinator: User) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(PublishRefused, match="tulevaisuudessa"):
        publish_results(result=counted, user=coordinator, confirmation=replace(CONFIRMED, date=tomorrow))


def test_a_result_is_published_once(counted: RoundResult, coordinator: User) -> None:
    publish_results(result=counted, user=coordinator, confirmation=CONFIRMED)
    again = RoundResult.objects.get()
    with pytest.raises(PublishRefused):
        publish_results(result=again, user=coordinator, confirmation=CONFIRMED)
    # Also by somebody who read it before the first one published it.
    again.published_at = None
    with pytest.raises(PublishRefused):
        publish_results(result=again, user=coordinator, confirmation=CONFIRMED)
    stored = RoundResult.objects.get()
    assert stored.decision == "Kaupunginhallitus 1.12.2020 § 12, puheenjohtaja"
    assert (stored.decision_body, stored.decision_section) == ("Kaupunginhallitus", "§ 12")


def test_counting_and_publishing_are_logged_without_numbers(counted: RoundResult, coordinator: User) -> None:
    publish_results(result=counted, user=coordinator, confirmation=CONFIRMED)
    entries = ModelLogEntry.objects.filter(action__in=["budgeting.count_round", "budgeting.publish_result"])
    assert [(entry.action, entry.user, entry.data) for entry in entries.order_by("timestamp")] == [
        ("budgeting.count_round", coordinator, {}),
        ("budgeting.publish_result", coordinator, {}),
    ]


def test_a_past_round_keeps_what_is_known_and_says_nothing_else(
    make_round: Callable[..., Round], make_proposal: Callable[..., Proposal]
) -> None:
    round = make_round(None)
    items = [make_proposal(round, f"Ehdotus {n}", state="proceeds", cost=1500) for n in range(5)]
    published = datetime(2020, 4, 22, 9, tzinfo=UTC)
    result = record_past_result(
        round=round, lines=[PastLine(item) for item in items], voters=654, decision="KH", published_at=published
    )
    assert (result.voters, result.published_at) == (654, published)
    assert list(result.lines.values_list("proposal__title", "votes", "funded")) == [
        (item.title, None, True) for item in items
    ]
    assert set(Screening.objects.values_list("state", flat=True)) == {"implemented"}
    with pytest.raises(ArchiveRefused):
        record_past_result(round=round, lines=[], voters=None, decision="KH", published_at=published)


def test_a_past_result_takes_no_proposal_of_another_round(
    make_round: Callable[..., Round], make_proposal: Callable[..., Proposal]
) -> None:
    round, other = make_round(None), make_round(None)
    stray = make_proposal(other, state="proceeds")
    with pytest.raises(ArchiveRefused):
        record_past_result(
            round=round,
            lines=[PastLine(stray)],
            voters=None,
            decision="KH",
            published_at=datetime(2020, 4, 22, tzinfo=UTC),
        )
    assert not ResultLine.objects.exists()


def test_the_stored_count_is_that_of_the_ballots(vote: Vote, coordinator: User) -> None:
    rng = random.Random(7)
    votes = {vote.bench.pk: 0, vote.gym.pk: 0, vote.swing.pk: 0}
    for _ in range(25):
        choices = rng.sample([vote.bench, vote.gym, vote.swing], rng.choice([1, 2]))
        vote.cast(*choices)
        for item in choices:
            votes[item.pk] += 1
    vote.close()
    result = count_round(round=vote.round, user=coordinator)
    assert dict(result.lines.values_list("proposal", "votes")) == votes
