"""The closed box: sealed once, never changed again, and any change by other means is found."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from budgeting_blocks.domain import patterns
from budgeting_blocks.domain.freezing import Correction
from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.domain.sealing import RARE, ballot_line, fold_rare
from budgeting_blocks.models import (
    Ballot,
    BallotChoice,
    CodeBatch,
    IdentificationMeans,
    InterimSeal,
    PaperBatch,
    Phase,
    Proposal,
    Round,
    RoundSeal,
    RuleSheet,
    VoteReceipt,
    VotingRight,
    guards,
)
from budgeting_blocks.permissions.voting import can_cast_ballot
from budgeting_blocks.selectors.counted import read_box
from budgeting_blocks.selectors.rules import rules_in_force
from budgeting_blocks.selectors.voting import rounds_to_count
from budgeting_blocks.services.boxes import BoxSealed, shuffle_box
from budgeting_blocks.services.codes import create_code_batch
from budgeting_blocks.services.counting import count_round
from budgeting_blocks.services.freezing import FreezeRefused, correct_rules
from budgeting_blocks.services.sealing import SealRefused, seal_electronic_votes, seal_round
from budgeting_blocks.services.voting import VotingClosed
from cms.users.models import User
from tests.budgeting_blocks.conftest import freeze
from tests.budgeting_blocks.voting.conftest import Vote

# ruff: noqa: S608  (table names come from the models)
pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed(vote: Vote) -> Vote:
    """Twelve ballots of three kinds in a sealed box."""
    for number in range(12):
        vote.cast(*([vote.bench], [vote.gym], [vote.bench, vote.gym])[number % 3])
    vote.close()
    seal_round(round=vote.round)
    return vote


def verify(vote: Vote, *arguments: str) -> str:
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_round", vote.round.slug, *arguments, stdout=out, stderr=err)
    except CommandError as error:
        assert error.returncode == 1
        return f"{err.getvalue()}{error}"
    assert not err.getvalue()
    return out.getvalue()


def test_an_untouched_box_is_verified(sealed: Vote) -> None:
    seal = RoundSeal.objects.get()
    assert seal.ballots == 12 and len(seal.digest) == 64
    assert verify(sealed) == f"osbu-2026: 12 ballots as sealed, {seal.digest}\n"
    assert verify(sealed, "--digest", seal.digest.upper())


def test_a_seal_that_was_exchanged_as_a_whole_is_not_the_published_one(sealed: Vote) -> None:
    assert "what was published is ab" in verify(sealed, "--digest", "ab")


def test_anybody_can_work_the_digest_out_again(sealed: Vote) -> None:
    """Only hashlib and what `domain/sealing.py` says in words."""
    chosen: dict[int, list[str]] = {}
    for ballot, proposal, points in BallotChoice.objects.order_by("proposal").values_list(
        "ballot", "proposal", "points"
    ):
        chosen.setdefault(ballot, []).append(f"{proposal}:{points}")
    lines = sorted(f"code|medium|{','.join(items)}" for items in chosen.values())
    receipts = sorted(VoteReceipt.objects.values_list("code", flat=True))

    def sha(rows: list[str]) -> str:
        return hashlib.sha256("".join(f"{row}\n" for row in rows).encode()).hexdigest()

    seal = RoundSeal.objects.get()
    parts = [
        f"ballots={len(lines)}",
        f"ballots_digest={sha(lines)}",
        f"receipts={len(receipts)}",
        f"receipts_digest={sha(receipts)}",
        f"rules={seal.rules_fingerprint}",
    ]
    assert seal.digest == sha(parts)


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _sql(statement: str, *parameters: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def _change_a_choice(vote: Vote) -> None:
    choice = BallotChoice.objects.filter(proposal=vote.gym).exclude(
        ballot__in=BallotChoice.objects.filter(proposal=vote.bench).values("ballot")
    )
    _sql(f"UPDATE {_table(BallotChoice)} SET proposal_id = %s WHERE id = %s", vote.bench.pk, choice.first().pk)


def _change_points(vote: Vote) -> None:
    _sql(f"UPDATE {_table(BallotChoice)} SET points = 5 WHERE id = %s", BallotChoice.objects.first().pk)


def _change_the_way_it_came(vote: Vote) -> None:
    _sql(f"UPDATE {_table(Ballot)} SET strength = 'strong' WHERE id = %s", Ballot.objects.first().pk)


def _remove_a_ballot(vote: Vote) -> None:
    ballot = Ballot.objects.first().pk
    _sql(f"DELETE FROM {_table(BallotChoice)} WHERE ballot_id = %s", ballot)
    _sql(f"DELETE FROM {_table(Ballot)} WHERE id = %s", ballot)


def _add_a_ballot(vote: Vote) -> None:
    _sql(
        f"INSERT INTO {_table(Ballot)} (id, round_id, means, strength) VALUES (7, %s, 'code', 'medium')", vote.round.pk
    )


def _remove_a_choice(vote: Vote) -> None:
    _sql(f"DELETE FROM {_table(BallotChoice)} WHERE id = %s", BallotChoice.objects.first().pk)


def _exchange_a_receipt(vote: Vote) -> None:
    _sql(f"UPDATE {_table(VoteReceipt)} SET code = 'XXXX' WHERE id = %s", VoteReceipt.objects.first().pk)


def _remove_a_receipt(vote: Vote) -> None:
    _sql(f"DELETE FROM {_table(VoteReceipt)} WHERE id = %s", VoteReceipt.objects.first().pk)


def _change_the_seal(vote: Vote) -> None:
    _sql(f"UPDATE {_table(RoundSeal)} SET ballots = 11")


TAMPERING: list[tuple[Callable[[Vote], None], str]] = [
    (_change_a_choice, "ballots: the number is right, but one or more have been changed"),
    (_change_points, "ballots: the number is right, but one or more have been changed"),
    (_change_the_way_it_came, "ballots: the number is right, but one or more have been changed"),
    (_remove_a_ballot, "ballots: 12 were sealed, 11 are in the box"),
    (_add_a_ballot, "ballots: 12 were sealed, 13 are in the box"),
    (_remove_a_choice, "ballots: the number is right"),
    (_exchange_a_receipt, "receipts: the number is right"),
    (_remove_a_receipt, "receipts: 12 were sealed, 11"),
    (_change_the_seal, "seal: the seal's own row has been changed"),
]


@pytest.mark.parametrize(("tamper", "found"), TAMPERING, ids=[change.__name__ for change, _found in TAMPERING])
def test_the_database_refuses_every_change_and_one_who_lifts_the_guards_is_found(
    sealed: Vote, tamper: Callable[[Vote], None], found: str
) -> None:
    guards.install()
    with pytest.raises(DatabaseError, match="guard_budgeting_blocks"), transaction.atomic():
        tamper(sealed)
    assert verify(sealed).startswith("osbu-2026: 12 ballots as sealed")
    with guards.lifted():
        tamper(sealed)
    assert found in verify(sealed)


def test_a_right_marked_as_used_afterwards_is_found(sealed: Vote) -> None:
    VotingRight.objects.filter(pk=VotingRight.objects.filter(used=False).first().pk).update(used=True)
    assert "register: 12 rights had been used, now 13 have" in verify(sealed)


def test_deleting_the_register_after_a_year_leaves_the_box_verified(sealed: Vote) -> None:
    VotingRight.objects.all().delete()
    assert "as sealed" in verify(sealed)


def test_a_round_without_a_seal_and_an_unknown_round_are_named(vote: Vote) -> None:
    assert "the box has no seal" in verify(vote)
    with pytest.raises(CommandError, match="no round nowhere"):
        call_command("verify_round", "nowhere")


def test_before_the_seal_the_application_cannot_change_or_take_out_a_ballot_either(vote: Vote) -> None:
    guards.install()
    vote.cast(vote.gym)
    for statement in (
        lambda: Ballot.objects.update(strength="strong"),
        lambda: BallotChoice.objects.update(proposal=vote.bench),
        lambda: BallotChoice.objects.all().delete(),
        lambda: Ballot.objects.all()._raw_delete("default"),
        lambda: VoteReceipt.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            statement()
    shuffle_box(vote.round)
    assert Ballot.objects.count() == BallotChoice.objects.count() == 1


def test_after_the_seal_the_box_is_neither_shaken_nor_voted_into(sealed: Vote) -> None:
    with pytest.raises(BoxSealed):
        shuffle_box(sealed.round)
    call_command("shake_boxes", stdout=StringIO())
    # Even if somebody moves the closing time by hand.
    Phase.objects.filter(kind=Kind.VOTING).update(closes_at="2099-01-01T00:00:00Z")
    assert can_cast_ballot(None, sealed.round, RoundSeal.objects.get().sealed_at).reason == "Uurna on sinetöity."
    with pytest.raises(VotingClosed):
        sealed.cast(sealed.gym)


def test_an_open_vote_is_not_sealed(vote: Vote) -> None:
    vote.cast(vote.gym)
    with pytest.raises(SealRefused, match="vasta, kun äänestys on päättynyt"):
        seal_round(round=vote.round)
    call_command("seal_boxes", stdout=StringIO())
    assert not RoundSeal.objects.exists()


def test_sealing_twice_keeps_the_first_seal(sealed: Vote) -> None:
    assert seal_round(round=sealed.round) == RoundSeal.objects.get()


def test_the_clock_seals_a_closed_box_but_waits_for_paper(vote: Vote, make_round: Callable[..., Round]) -> None:
    vote.cast(vote.gym)
    vote.close()
    means = IdentificationMeans.objects.create(
        sheet=RuleSheet.objects.create(round=vote.round), kind="paper", strength="medium"
    )
    call_command("seal_boxes", stdout=StringIO())
    assert not RoundSeal.objects.exists()
    means.delete()
    call_command("seal_boxes", stdout=StringIO())
    assert RoundSeal.objects.get().round == vote.round


@pytest.fixture
def waiting_for_paper(vote: Vote) -> Vote:
    """The voting has closed, the clock has sealed twelve electronic ballots, and paper is still to come."""
    sheet = RuleSheet.objects.create(round=vote.round)
    IdentificationMeans.objects.create(sheet=sheet, kind="paper", strength="medium")
    for number in range(12):
        vote.cast(*([vote.bench], [vote.gym], [vote.swing])[number % 3])
    vote.close()
    call_command("seal_boxes", stdout=StringIO())
    return vote


def _book_on_paper(vote: Vote, *proposals: Proposal) -> None:
    for proposal in proposals:
        ballot = Ballot.objects.create(round=vote.round, means="paper")
        BallotChoice.objects.create(ballot=ballot, proposal=proposal)
    shuffle_box(vote.round)


class TestWhilePaperIsRead:
    def test_what_came_electronically_is_sealed_at_closing_and_paper_still_comes_in(
        self, waiting_for_paper: Vote, coordinator: User
    ) -> None:
        vote, interim = waiting_for_paper, InterimSeal.objects.get()
        page = Client().get(reverse("budgeting:vote_receipts", args=[vote.round.slug])).content.decode()
        assert interim.digest in page and "Paperilippuja luetaan vielä" in page
        _book_on_paper(vote, vote.gym, vote.bench)
        assert verify(vote, "--digest", interim.digest).startswith(
            "osbu-2026: 12 electronic ballots as sealed at closing"
        )
        count_round(round=vote.round, user=coordinator)
        assert verify(vote).startswith("osbu-2026: 14 ballots as sealed")
        # What could tell which of the final ballots came on paper is gone.
        interim.refresh_from_db()
        assert not interim.secret and interim.digest not in str(RoundSeal.objects.get().document)

    def test_the_clock_does_it_once(self, waiting_for_paper: Vote) -> None:
        before = InterimSeal.objects.get().digest
        call_command("seal_boxes", stdout=StringIO())
        assert InterimSeal.objects.get().digest == before and not RoundSeal.objects.exists()

    @pytest.mark.parametrize(
        ("tamper", "found"),
        [
            (lambda vote: BallotChoice.objects.filter(proposal=vote.gym).update(proposal=vote.bench), "exchanged"),
            (lambda vote: Ballot.objects.create(round=vote.round), "12 were sealed at closing, 13 are"),
            (
                lambda vote: VoteReceipt.objects.create(round=vote.round, code="X", proof="x"),
                "receipts: 12 were sealed",
            ),
        ],
        ids=["changed", "added", "receipt"],
    )
    def test_what_was_changed_meanwhile_is_found_and_stops_the_seal(
        self, waiting_for_paper: Vote, coordinator: User, tamper: Callable[[Vote], object], found: str
    ) -> None:
        with guards.lifted():
            tamper(waiting_for_paper)
        assert found in verify(waiting_for_paper)
        with pytest.raises(SealRefused, match="eivät ole samat kuin äänestyksen päättyessä"):
            seal_round(round=waiting_for_paper.round, user=coordinator)

    def test_the_database_lets_only_its_key_go(self, waiting_for_paper: Vote) -> None:
        guards.install()
        seals = InterimSeal.objects.all()
        for act in (lambda: seals.update(digest="x"), lambda: seals.update(secret="ab" * 32), seals.delete):
            with pytest.raises(DatabaseError, match="guard_budgeting_blocks"), transaction.atomic():
                act()
        assert seals.update(secret="") == 1

    def test_an_open_vote_has_no_such_seal(self, vote: Vote) -> None:
        vote.cast(vote.gym)
        with pytest.raises(SealRefused, match="vasta, kun äänestys on päättynyt"):
            seal_electronic_votes(round=vote.round)


def test_numbers_that_differ_are_sealed_only_with_a_published_reason_of_one_who_counts(
    vote: Vote, coordinator: User, moderator: User
) -> None:
    vote.cast(vote.gym)
    Ballot.objects.create(round=vote.round)
    vote.close()
    out = StringIO()
    call_command("seal_boxes", stdout=StringIO(), stderr=out)
    assert "Äänestyslippuja on 2, käytettyjä äänioikeuksia 1 ja kuitteja 1" in out.getvalue()
    with pytest.raises(SealRefused):
        seal_round(round=vote.round, user=moderator, override_reason="Ei väliä")
    seal = seal_round(round=vote.round, user=coordinator, override_reason="Palautettu varmuuskopio 3.11.")
    assert seal.document["override"]["reason"] == "Palautettu varmuuskopio 3.11."
    assert "Lukujen on oltava samat" in seal.document["override"]["difference"]


def test_the_coordinator_sees_what_hinders_and_seals_with_a_reason(
    vote: Vote, coordinator: User, moderator: User, client: Client
) -> None:
    vote.cast(vote.gym)
    PaperBatch.objects.create(round=vote.round, label="Kirjasto", received=3)
    vote.close()
    address = reverse("budgeting_voting:seal", args=[vote.round.pk])
    client.force_login(moderator)
    assert client.post(address, {"override_reason": "x"}).status_code in (302, 403)
    assert not RoundSeal.objects.exists()
    client.force_login(coordinator)
    assert address in client.get(reverse("budgeting_voting:overview")).content.decode()
    assert "Paperierää ei ole kirjattu uurnaan: Kirjasto." in client.get(address).content.decode()
    client.post(address, {"override_reason": " "})
    assert not RoundSeal.objects.exists()
    assert client.post(address, {"override_reason": "Kuoret kastuivat."}).status_code == 302
    override = RoundSeal.objects.get().document["override"]
    assert override["reason"] == "Kuoret kastuivat." and "Kirjasto" in override["difference"]
    assert ModelLogEntry.objects.get(action="budgeting.seal_round").data["override"] == "Kuoret kastuivat."


class TestPatterns:
    def address(self, vote: Vote) -> str:
        return reverse("budgeting_voting:patterns", args=[vote.round.pk])

    def test_are_counts_that_show_a_batch_and_equal_ballots_but_no_choice(
        self, vote: Vote, coordinator: User, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(patterns, "LEAST_CHOICES", 2)
        _batch, stuffed = create_code_batch(
            round=vote.round, label="Kirjasto", size=20, user=coordinator, now=timezone.now()
        )
        for code in stuffed[:12]:
            vote.cast(vote.bench, vote.swing, code=code)
        vote.close()
        client.force_login(coordinator)
        assert client.get(self.address(vote)).status_code == 302  # not before the seal
        seal_round(round=vote.round)
        before = Ballot.objects.count()
        content = re.sub(r"\s+", " ", client.get(self.address(vote)).content.decode())
        assert "Käytetty yli kaksi kertaa useammin" in content
        assert '<th scope="row">12</th><td>Äänestyskoodi 12</td>' in content
        assert vote.bench.title not in content and Ballot.objects.count() == before

    def test_are_not_for_others(self, vote: Vote, moderator: User, client: Client) -> None:
        vote.close()
        seal_round(round=vote.round)
        client.force_login(moderator)
        assert client.get(self.address(vote)).status_code in (302, 403)


def test_the_count_seals_first(vote: Vote, coordinator: User) -> None:
    vote.cast(vote.gym)
    vote.close()
    count_round(round=vote.round, user=coordinator)
    assert "1 ballots as sealed" in verify(vote)


def test_the_line_of_a_ballot_has_no_order() -> None:
    assert ballot_line("code", "medium", [(40, 1), (12, 3)]) == "code|medium|12:3,40:1"


ways = st.lists(st.tuples(st.sampled_from(["code", "mail", "oidc", "desk"]), st.sampled_from(["weak", "strong"])))


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault of the ballots
@given(ways)
def test_no_ballot_tells_a_rare_way_after_folding(cast: list[tuple[str, str]]) -> None:
    folded = fold_rare(cast)
    after = Counter(folded.get(way, way) for way in cast)
    assert len(after) <= 1 or min(after.values()) >= RARE
    before = Counter(cast)
    assert all(before[way] < RARE for way in folded)


def test_a_lone_desk_voter_s_ballot_passes_for_another_s_after_the_seal(vote: Vote) -> None:
    right = VotingRight.objects.filter(round=vote.round)
    desk_code = vote.codes.pop()
    from budgeting_blocks.services.codes import hash_code

    right.filter(secret_hash=hash_code(vote.round, desk_code)).update(means="desk")
    vote.cast(vote.swing, code=desk_code)
    for _ in range(12):
        vote.cast(vote.gym)
    assert Ballot.objects.get(means="desk").strength == "strong"
    vote.close()
    seal_round(round=vote.round)
    assert set(Ballot.objects.values_list("means", "strength")) == {("code", "medium")}


def test_the_receipts_are_public_after_closing_sorted_and_searchable(vote: Vote) -> None:
    url = reverse("budgeting:vote_receipts", args=[vote.round.slug])
    codes = sorted(vote.cast(vote.gym) for _ in range(5))
    early = Client().get(url).content.decode()
    assert "ei ole vielä julkinen" in early and not any(code in early for code in codes)
    vote.close()
    from cms.common.pagecache import invalidate

    invalidate()
    page = Client().get(url).content.decode()
    assert [page.index(code) for code in codes] == sorted(page.index(code) for code in codes)
    found = Client().get(url, {"koodi": codes[2].lower().replace("-", " ")}).content.decode()
    assert "Kuitti on luettelossa" in found
    assert "Kuittia ei löytynyt" in Client().get(url, {"koodi": "AAAA"}).content.decode()
    for junk in ("-1", "9" * 40, "x", "\x00"):
        assert Client().get(url, {"sivu": junk, "koodi": junk}).status_code == 200


def test_the_seal_is_published_with_the_receipts(sealed: Vote) -> None:
    page = Client().get(reverse("budgeting:vote_receipts", args=[sealed.round.slug])).content.decode()
    assert RoundSeal.objects.get().digest in page and "12 kuittia" in page


def test_the_list_of_receipts_costs_the_same_queries_however_long(
    vote: Vote, django_assert_max_num_queries: Callable
) -> None:
    VoteReceipt.objects.bulk_create(
        VoteReceipt(round=vote.round, code=f"R{number:05}", proof="p") for number in range(2000)
    )
    vote.close()
    url = reverse("budgeting:vote_receipts", args=[vote.round.slug])
    Client().get("/")
    with django_assert_max_num_queries(20):
        page = Client().get(url, {"sivu": 4}).content.decode()
    assert "R00900" in page and "Sivu 4/7" in page


def test_no_rule_changes_after_the_seal_and_one_changed_by_force_is_found(sealed: Vote, coordinator: User) -> None:
    with pytest.raises(FreezeRefused, match="sinetöity"):
        correct_rules(round=sealed.round, user=coordinator, reason="Kynnys.", correction=Correction(money={0: 30_000}))
    with pytest.raises(DatabaseError), transaction.atomic():
        freeze(sealed.round)
    with guards.lifted():
        freeze(sealed.round)
    assert "version 2 came after the seal" in verify(sealed)


def test_a_count_by_other_rules_than_the_sealed_ones_is_found(sealed: Vote, coordinator: User) -> None:
    result = count_round(round=sealed.round, user=coordinator)
    assert "as sealed" in verify(sealed)
    result.log["fingerprint"] = "ab"
    result.save()
    assert "count: made by rules ab" in verify(sealed)


def test_a_ballot_is_good_by_one_of_the_published_versions_and_void_by_none(vote: Vote, coordinator: User) -> None:
    vote.cast(vote.gym, vote.swing)
    correct_rules(
        round=vote.round, user=coordinator, reason="Hinta nousi.", correction=Correction(costs={vote.gym.pk: 15_000})
    )
    vote.cast(vote.bench)
    # Against every version: all three cost more than there ever was.
    bad = Ballot.objects.create(round=vote.round)
    for proposal in (vote.bench, vote.gym, vote.swing):
        BallotChoice.objects.create(ballot=bad, proposal=proposal)
    box = read_box(vote.round, rules_in_force(vote.round))
    assert (box.counted, sum(box.void.values())) == (2, 1)


def test_one_box_that_cannot_be_shaken_or_sealed_leaves_the_others_their_turn(
    vote: Vote, make_round: Callable[..., Round], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    vote.cast(vote.bench)
    vote.close()
    other = make_round(None, slug="toinen")
    Ballot.objects.create(round=other)
    done: list[str] = []

    def act(round: Round) -> None:
        done.append(round.slug)
        raise DatabaseError(round.slug)

    for command, service in (("shake_boxes", "shuffle_box"), ("seal_boxes", "seal_round")):
        monkeypatch.setattr(f"budgeting_blocks.management.commands.{command}.{service}", act)
        with pytest.raises(CommandError, match="failed"):
            call_command(command)
    assert sorted(done) == ["osbu-2026", "osbu-2026", "toinen", "toinen"]
    assert {record.exc_info[0] for record in caplog.records if record.exc_info} == {DatabaseError}


def test_a_round_that_voted_by_mail_alone_waits_for_its_count(vote: Vote) -> None:
    vote.cast(vote.bench)
    vote.close()
    assert list(rounds_to_count(timezone.now())) == [vote.round]
    VotingRight.objects.update(batch=None)
    CodeBatch.objects.all().delete()
    assert list(rounds_to_count(timezone.now())) == [vote.round]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own")
def test_rows_that_are_gone_do_not_lie_on_in_free_pages() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone()[0] == 1
