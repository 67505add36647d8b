"""Holding a round's ballot box, and shaking it."""

from __future__ import annotations

import secrets
from typing import TypeVar

from django.db import connection, transaction

from budgeting_blocks.models import Ballot, BallotChoice, Round, VoteReceipt, VotingRight

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
    ballots = list(Ballot.objects.filter(round=round).values("pk", "means", "strength"))
    chosen: dict[int, list[tuple[int, int]]] = {ballot["pk"]: [] for ballot in ballots}
    choices = BallotChoice.objects.filter(ballot__round=round)
    for ballot_id, proposal_id, points in choices.values_list("ballot_id", "proposal_id", "points"):
        chosen[ballot_id].append((proposal_id, points))
    rights = list(
        VotingRight.objects.filter(round=round).values(
            "batch_id", "means", "secret_hash", "person_hash", "used", "area_id", "age_band"
        )
    )
    receipts = list(VoteReceipt.objects.filter(round=round).values("code", "proof"))
    # Django's own delete would look up, row by row, what else refers to them; nothing does.
    for rows in (choices, *(model.objects.filter(round=round) for model in (Ballot, VotingRight, VoteReceipt))):
        rows._raw_delete(rows.db)

    new_ballots: list[Ballot] = []
    new_choices: list[BallotChoice] = []
    for old in _shuffled(ballots):
        ballot = Ballot(round=round, means=old["means"], strength=old["strength"])
        new_ballots.append(ballot)
        new_choices += [BallotChoice(ballot=ballot, proposal_id=pk, points=n) for pk, n in chosen[old["pk"]]]
    Ballot.objects.bulk_create(new_ballots, batch_size=_BATCH)
    BallotChoice.objects.bulk_create(_shuffled(new_choices), batch_size=_BATCH)
    VotingRight.objects.bulk_create(_shuffled([VotingRight(round=round, **row) for row in rights]), batch_size=_BATCH)
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
                for model in (Ballot, BallotChoice, VoteReceipt, VotingRight)
            )
            cursor.execute(f"VACUUM {tables}")
