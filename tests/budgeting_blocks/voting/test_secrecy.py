"""Nobody who holds the database or the admin joins a voter with a ballot."""

from __future__ import annotations

import hashlib
import itertools
import sqlite3
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ReferenceIndex

from budgeting_blocks.domain.ballots import Choice
from budgeting_blocks.models import (
    Ballot,
    BallotBox,
    BallotChoice,
    ClassList,
    CodeBatch,
    IdentificationMeans,
    RuleSheet,
    VoteReceipt,
    VotingRight,
)
from budgeting_blocks.services.boxes import shuffle_box
from budgeting_blocks.services.voting import WrongCode, cast_ballot
from cms.common.formtokens import make_token
from cms.common.ratelimit import purge_counters
from tests.budgeting_blocks.conftest import freeze
from tests.budgeting_blocks.voting.conftest import Vote, Voter

RIGHT, BOX, RECEIPTS = {VotingRight, CodeBatch}, {Ballot, BallotChoice}, {VoteReceipt}
TIMES = (models.DateField, models.TimeField)


def _field_types(model: type[models.Model]) -> list[models.Field]:
    return list(model._meta.local_fields)


def test_no_foreign_key_joins_right_ballot_and_receipt() -> None:
    for one, other in itertools.permutations((RIGHT, BOX, RECEIPTS), 2):
        for model in one:
            targets = {field.related_model for field in model._meta.get_fields() if field.is_relation}
            assert not targets & other, model


def test_no_other_record_points_at_them() -> None:
    # A class list belongs to a batch of rights, and says nothing of a single one.
    allowed = {(BallotChoice, Ballot), (VotingRight, CodeBatch), (ClassList, CodeBatch)}
    watched = RIGHT | BOX | RECEIPTS
    found = {
        (model, field.related_model)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if field.is_relation and field.related_model in watched
    }
    assert found == allowed


def test_no_time_stands_beside_a_vote() -> None:
    for model in (VotingRight, Ballot, BallotChoice, VoteReceipt, BallotBox):
        assert not [field for field in _field_types(model) if isinstance(field, TIMES)], model


def test_right_ballot_and_receipt_share_nothing_but_the_round_and_the_means() -> None:
    names = {
        model: {field.name for field in _field_types(model)} - {"id"} for model in (VotingRight, Ballot, VoteReceipt)
    }
    for one, other in itertools.combinations(names, 2):
        assert names[one] & names[other] <= {"round", "code", "means"}
    assert not {"code"} & names[VotingRight]


def _cast_all(vote: Vote) -> list[tuple[str, set[int], str]]:
    """Twelve votes in turn: the code's hash, the choices and the receipt of each, as only the voters know them."""
    from budgeting_blocks.services.codes import hash_code

    known = []
    kinds = [[vote.bench], [vote.gym], [vote.swing], [vote.bench, vote.gym]]
    for number in range(12):
        code, choices = vote.codes[number], kinds[number % 4]
        receipt = vote.cast(*choices, code=code)
        known.append((hash_code(vote.round, code), {item.pk for item in choices}, receipt))
    return known


def test_ids_do_not_grow_with_arrival(vote: Vote) -> None:
    ids: list[int] = []
    for number in range(12):
        vote.cast(vote.gym, code=vote.codes[number])
        ids += Ballot.objects.exclude(pk__in=ids).values_list("pk", flat=True)
    assert ids != sorted(ids)
    assert min(ids) > 0 and len(set(ids)) == 12


def _rows(model: type[models.Model], columns: str, where: str = "") -> list[tuple]:
    """The rows as the database itself keeps them, in its own physical order."""
    order = "rowid" if connection.vendor == "sqlite" else "ctid"
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} {where} ORDER BY {order}")  # noqa: S608
        return cursor.fetchall()


def _joined_by_order(known: list[tuple[str, set[int], str]]) -> int:
    """How many voters the join "n-th used code, n-th ballot, n-th receipt" finds."""
    hashes = [row[0] for row in _rows(VotingRight, "secret_hash", "WHERE used")]
    ballots = [row[0] for row in _rows(Ballot, "id")]
    receipts = [row[0] for row in _rows(VoteReceipt, "code")]
    choices = {pk: set(BallotChoice.objects.filter(ballot=pk).values_list("proposal", flat=True)) for pk in ballots}
    guesses = [(hashes[n], choices[ballots[n]], receipts[n]) for n in range(len(ballots))]
    return sum(guess in known for guess in guesses)


def test_the_join_by_the_rows_own_order_finds_nobody_after_the_shake(vote: Vote) -> None:
    known = _cast_all(vote)
    before = {model: set(model.objects.values_list("pk", flat=True)) for model in (Ballot, VotingRight, VoteReceipt)}
    shuffle_box(vote.round)
    # By chance one of twelve may fall in place; all three in place for more than two voters is no chance.
    assert _joined_by_order(known) <= 2
    for model, ids in before.items():
        assert not ids & set(model.objects.values_list("pk", flat=True)), model


def test_the_shake_changes_no_vote_code_or_receipt(vote: Vote) -> None:
    def content() -> tuple[list, ...]:
        ballots: dict[int, list[int]] = {}
        for ballot, proposal in BallotChoice.objects.values_list("ballot", "proposal"):
            ballots.setdefault(ballot, []).append(proposal)
        return (
            sorted(map(sorted, ballots.values())),
            sorted(VotingRight.objects.values_list("batch", "secret_hash", "used")),
            sorted(VoteReceipt.objects.values_list("code", "proof")),
        )

    _cast_all(vote)
    before = content()
    shuffle_box(vote.round)
    assert content() == before


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has xmin")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_hidden_transaction_ids_join_everybody_before_the_shake_and_nobody_after(vote: Vote) -> None:
    _cast_all(vote)

    def joined() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM (SELECT xmin FROM budgeting_blocks_votingright WHERE used GROUP BY xmin::text, xmin"
                " HAVING count(*) = 1) c JOIN budgeting_blocks_ballot b ON b.xmin = c.xmin"
            )
            return cursor.fetchone()[0]

    assert joined() == 12
    shuffle_box(vote.round)
    assert joined() == 0


def test_wagtail_keeps_no_references_of_ballots() -> None:
    for model in (Ballot, BallotChoice, VotingRight, VoteReceipt, BallotBox):
        assert not ReferenceIndex.is_indexed(model)
        assert not ReferenceIndex.model_is_indexable(model)


def test_the_proof_tells_nothing_without_the_voter_s_own_key(vote: Vote) -> None:
    """Same code, same choices, another key: another proof; so it can not be tried out from the database."""
    from budgeting_blocks.services.voting import _proof

    one, other = (_proof(key, vote.round, "hash", [Choice(vote.gym.pk)]) for key in ("k" * 22, "l" * 22))
    assert one != other
    cast_ballot(round=vote.round, code=vote.codes[0], proposals=[vote.gym.pk], key="k" * 22)
    everything = [
        str(row) for model in (VotingRight, Ballot, BallotChoice, VoteReceipt) for row in model.objects.values_list()
    ]
    assert "k" * 22 not in " ".join(everything)


def test_boxes_can_be_shaken_before_a_backup_also_in_the_middle_of_the_voting(vote: Vote) -> None:
    code = vote.codes.pop()
    mine = "k" * 22
    receipt = cast_ballot(round=vote.round, code=code, proposals=[vote.gym.pk], key=mine)
    before = set(Ballot.objects.values_list("pk", flat=True))
    call_command("shake_boxes", stdout=StringIO())
    assert not before & set(Ballot.objects.values_list("pk", flat=True))
    assert cast_ballot(round=vote.round, code=code, proposals=[vote.gym.pk], key=mine) == receipt
    vote.cast(vote.swing)
    with pytest.raises(WrongCode):
        vote.cast(vote.swing, code=code)


# --- What the whole database, the logs and a backup tell ----------------------------------------------------------------

BOX_TABLES = {model._meta.db_table for model in RIGHT | BOX | RECEIPTS} - {CodeBatch._meta.db_table}


def _everything() -> dict[str, Counter[str]]:
    """All rows of all tables."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found[table] = Counter(map(str, cursor.fetchall()))
    return found


def test_a_vote_through_the_site_leaves_a_trace_in_the_register_and_the_box_alone(
    vote: Vote, voter: Voter, caplog: pytest.LogCaptureFixture
) -> None:
    """No session, counter, log entry, sequence, lock or message: every table is as before but these."""
    before = _everything()
    with caplog.at_level("DEBUG", logger="budgeting_blocks"), caplog.at_level("INFO"):
        voter.post("vote_code", {"code": vote.codes[0]})
        voter.review([vote.gym])
        assert voter.send([vote.gym], vote.codes[0]).status_code == 303
    after = _everything()
    changed = {table for table in after if before[table] != after[table]}
    assert changed == BOX_TABLES
    assert not caplog.records and not voter.client.session.keys()
    used = after[VotingRight._meta.db_table] - before[VotingRight._meta.db_table]
    assert used.total() == 1, "of the register, one right is marked and nothing else"


def test_asking_for_a_code_by_mail_leaves_counters_that_nobody_can_tie_to_a_person(
    vote: Vote, browser: Client, django_capture_on_commit_callbacks: Callable
) -> None:
    sheet = RuleSheet.objects.create(round=vote.round)
    IdentificationMeans.objects.create(sheet=sheet, kind="mail", strength="weak")
    freeze(vote.round)
    before = _everything()
    url = reverse("budgeting:vote_mail", args=[vote.round.slug])
    with django_capture_on_commit_callbacks(execute=True):
        data = {"form_token": make_token(), "email": "matti@example.com"}
        assert browser.post(url, data, REMOTE_ADDR="192.0.2.77").status_code == 303
    after = _everything()
    assert {table for table in after if before[table] != after[table]} == {
        VotingRight._meta.db_table,
        "shared_cache",
    }
    person = VotingRight.objects.exclude(person_hash=None).get().person_hash
    kept = " ".join(after["shared_cache"])
    for known in (person, "192.0.2.77", "matti@example.com"):
        # Whoever holds the database can try these, and every address there is.
        for digest in ("md5", "sha1", "sha256"):
            assert hashlib.new(digest, known.encode()).hexdigest()[:16] not in kept
    assert purge_counters(timezone.now() + timedelta(days=1)) == 3
    assert "rate:" not in " ".join(_everything()["shared_cache"])


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_backup_in_the_middle_of_the_voting_holds_nothing_of_how_the_rows_came(vote: Vote, tmp_path: Path) -> None:
    """After the shake, neither the database's files nor its hidden columns, in any table, remember what was written together."""
    _cast_all(vote)
    ballots = list(Ballot.objects.values_list("pk", flat=True))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT xmin::text FROM budgeting_blocks_ballot")
            votes = {row[0] for row in cursor.fetchall()}
        call_command("shake_boxes", stdout=StringIO())
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"SELECT xmin::text FROM {connection.ops.quote_name(table)}")  # noqa: S608
                assert not votes & {row[0] for row in cursor.fetchall()}, table
        return
    assert _files_hold(ballots) == len(ballots)
    call_command("shake_boxes", stdout=StringIO())
    assert _files_hold(ballots) == 0
    with sqlite3.connect(tmp_path / "backup.sqlite3") as backup:
        connection.connection.backup(backup)
    assert not any(_packed(pk) in (tmp_path / "backup.sqlite3").read_bytes() for pk in ballots)


def _packed(pk: int) -> bytes:
    return pk.to_bytes(8, "big")


def _files_hold(pks: list[int]) -> int:
    """How many of the numbers stand in the database's file or in its log, as SQLite writes a number."""
    name = connection.settings_dict["NAME"]
    content = b"".join(path.read_bytes() for path in map(Path, (name, f"{name}-wal")) if path.exists())
    return sum(_packed(pk) in content for pk in pks)
