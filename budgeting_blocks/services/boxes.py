"""Holding a round's ballot box, and shaking it."""

from __future__ import annotations

import fcntl
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import connection, transaction
from django.utils.translation import gettext as _

from budgeting_blocks.domain.sealing import fold_rare
from budgeting_blocks.models import (
    Ballot,
    BallotBox,
    BallotChoice,
    PaperEntry,
    PaperSheet,
    Round,
    RoundSeal,
    VoteReceipt,
    VotingRight,
)
from cms.common.errors import ServiceError
from cms.common.sql import Statement, run_together

T = TypeVar("T")

# Any number that no other advisory lock of this installation uses.
_LOCK_CLASS = 20_200_413
_BATCH = 1000
_shuffler = secrets.SystemRandom()


class BoxSealed(ServiceError):
    """The box has been sealed; nothing in it changes any more."""


@contextmanager
def in_turn() -> Iterator[None]:
    """One voter after the other, in the order in which they came; around the transaction, not inside one.

    On SQLite only one can write. The others would ask again and again, and whoever is out of luck for long enough gets an
    error instead of a vote. The kernel keeps this queue for all threads of all processes, and lets go when one is killed.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with open(f"{connection.settings_dict['NAME']}-queue", "a") as queue:
        fcntl.flock(queue, fcntl.LOCK_EX)
        yield


def hold_box(round: Round, *, alone: bool = False) -> None:
    """Keep the box until the transaction ends: voters together, a count or a shake alone.

    Only so is it certain that a ballot let in before closing is stored before the count begins. SQLite needs nothing: its
    immediate transactions run one by one.
    """
    if statements := holding(round, alone=alone):
        run_together(*statements)


def holding(round: Round, *, alone: bool = False) -> list[Statement]:
    """`hold_box` as the statement that does it, to go first in one trip with what asks about the box; none on SQLite."""
    if connection.vendor != "postgresql":
        return []
    function = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    return [(f"SELECT {function}(%s, %s)", [_LOCK_CLASS, round.pk])]


@transaction.atomic
def shuffle_box(round: Round, *, fold: bool = False) -> None:
    """Write the round's ballots, choices, receipts and rights anew, each under a new random id and in random order.

    A right's use and its ballot were stored by one transaction, which PostgreSQL's hidden `xmin` and a row's place on the
    disk give away. Afterwards all rows come from this one transaction, in an order that nobody knows. `fold`: let ballots
    that came by a rare means pass for others, for good. Raises BoxSealed once the box has been sealed.
    """
    hold_box(round, alone=True)
    if RoundSeal.objects.filter(round=round).exists():
        raise BoxSealed(_("Uurna on sinetöity."))
    ballots = list(Ballot.objects.filter(round=round).values_list("pk", "means", "strength"))
    folded = fold_rare([(means, strength) for _pk, means, strength in ballots]) if fold else {}
    chosen: dict[int, list[tuple[int, int]]] = {pk: [] for pk, *_way in ballots}
    choices = BallotChoice.objects.filter(ballot__round=round)
    for ballot_id, proposal_id, points in choices.values_list("ballot_id", "proposal_id", "points"):
        chosen[ballot_id].append((proposal_id, points))
    rights = list(VotingRight.objects.filter(round=round).values(*_columns(VotingRight)))
    receipts = list(VoteReceipt.objects.filter(round=round).values(*_columns(VoteReceipt)))
    _empty(round)

    new_ballots: list[Ballot] = []
    new_choices: list[BallotChoice] = []
    for old, means, strength in _shuffled(ballots):
        means, strength = folded.get((means, strength), (means, strength))
        ballot = Ballot(round=round, means=means, strength=strength)
        new_ballots.append(ballot)
        new_choices += [BallotChoice(ballot=ballot, proposal_id=pk, points=points) for pk, points in chosen[old]]
    Ballot.objects.bulk_create(new_ballots, batch_size=_BATCH)
    BallotChoice.objects.bulk_create(_shuffled(new_choices), batch_size=_BATCH)
    VotingRight.objects.bulk_create(_shuffled([VotingRight(**row) for row in rights]), batch_size=_BATCH)
    VoteReceipt.objects.bulk_create(_shuffled([VoteReceipt(**row) for row in receipts]), batch_size=_BATCH)
    transaction.on_commit(_drop_old_pages)


def _empty(round: Round) -> None:
    box, _created = BallotBox.objects.get_or_create(round=round)
    BallotBox.objects.filter(pk=box.pk).update(shaking=True)
    # Django's own delete would look up, row by row, what else refers to them; nothing does.
    BallotChoice.objects.filter(ballot__round=round)._raw_delete(BallotChoice.objects.db)
    for model in (Ballot, VotingRight, VoteReceipt):
        rows = model._base_manager.filter(round=round)
        rows._raw_delete(rows.db)
    BallotBox.objects.filter(pk=box.pk).update(shaking=False)


def _columns(model: type[VotingRight | VoteReceipt]) -> list[str]:
    """Every column but the id, so that a column added later is not lost by the shake."""
    return [field.attname for field in model._meta.local_concrete_fields if not field.primary_key]


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
                for model in (Ballot, BallotChoice, VoteReceipt, VotingRight, PaperEntry, PaperSheet)
            )
            cursor.execute(f"VACUUM {tables}")
