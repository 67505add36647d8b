"""Holding a round's ballot box, and shaking it."""

from __future__ import annotations

import secrets
from typing import TypeVar

from django.db import connection, transaction

from budgeting_blocks.models import Ballot, BallotChoice, Round, VoteReceipt, VotingCode

T = TypeVar("T")

# Any number that no other advisory lock of this installation uses.
_LOCK_CLASS = 20_200_413
_BATCH = 1000
_shuffler = secrets.SystemRandom()


def hold_box(round: Round, *, alone: bool = False) -> None:
    """Keep the box until the transaction ends: voters together, a count or a shake alone.

    Only so is it certain that a ballot let in before closing is stored before the count begins. SQLite needs nothing: its
    immediate transactions run one by one.
    """
    if connection.vendor == "postgresql":
        function = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s, %s)", [_LOCK_CLASS, round.pk])


@transaction.atomic
def shuffle_box(round: Round) -> None:
    """Write the round's ballots, choices, receipts and codes anew, each under a new random id and in random order.

    A code's use and its ballot were stored by one transaction, which PostgreSQL's hidden `xmin` and a row's place on the
    disk give away. Afterwards all rows come from this one transaction, in an order that nobody knows.
    """
    hold_box(round, alone=True)
    ballots: dict[int, list[int]] = {pk: [] for pk in Ballot.objects.filter(round=round).values_list("pk", flat=True)}
    choices = BallotChoice.objects.filter(ballot__round=round)
    for ballot_id, proposal_id in choices.values_list("ballot_id", "proposal_id"):
        ballots[ballot_id].append(proposal_id)
    codes = list(VotingCode.objects.filter(round=round).values("batch_id", "code_hash", "used"))
    receipts = list(VoteReceipt.objects.filter(round=round).values("code", "proof"))
    # Django's own delete would look up, row by row, what else refers to them; nothing does.
    for rows in (choices, *(model.objects.filter(round=round) for model in (Ballot, VotingCode, VoteReceipt))):
        rows._raw_delete(rows.db)

    new_ballots: list[Ballot] = []
    new_choices: list[BallotChoice] = []
    for proposal_ids in _shuffled(list(ballots.values())):
        ballot = Ballot(round=round)
        new_ballots.append(ballot)
        new_choices += [BallotChoice(ballot=ballot, proposal_id=pk) for pk in proposal_ids]
    Ballot.objects.bulk_create(new_ballots, batch_size=_BATCH)
    BallotChoice.objects.bulk_create(_shuffled(new_choices), batch_size=_BATCH)
    VotingCode.objects.bulk_create(_shuffled([VotingCode(round=round, **row) for row in codes]), batch_size=_BATCH)
    VoteReceipt.objects.bulk_create(_shuffled([VoteReceipt(round=round, **row) for row in receipts]), batch_size=_BATCH)
    transaction.on_commit(_drop_old_pages)


def _shuffled(rows: list[T]) -> list[T]:
    _shuffler.shuffle(rows)
    return rows


def _drop_old_pages() -> None:
    """Let go of what the database still keeps of the old rows beside the new ones."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # The write-ahead log holds the old pages in the order of the votes until it is cut.
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        elif connection.vendor == "postgresql" and not connection.in_atomic_block:
            tables = ", ".join(
                connection.ops.quote_name(model._meta.db_table)
                for model in (Ballot, BallotChoice, VoteReceipt, VotingCode)
            )
            cursor.execute(f"VACUUM {tables}")
