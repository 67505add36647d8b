"""What every cast asks of the register. In plain SQL: the ORM would write such a query for longer than the database runs it."""

from __future__ import annotations

from typing import Any

from django.db import connection

from budgeting_blocks.domain.rules import MeansKind
from budgeting_blocks.models import BallotBox, Round, VotingRight


def find_live_round(slug: str) -> Round | None:
    """The published round of this address."""
    table = connection.ops.quote_name(Round._meta.db_table)
    return next(iter(Round.objects.raw(f"SELECT * FROM {table} WHERE slug = %s AND live", [slug])), None)  # noqa: S608  (see _row)


def box_salt(round: Round) -> str:
    """The salt of the round's code hashes; "" where the round has no box yet, and so no code."""
    row = _row(BallotBox, "salt", "round_id = %s", round.pk)
    return row[0] if row else ""


def find_unused_right(round: Round, secret_hash: str) -> tuple[MeansKind, str | None] | None:
    """By which means the unused right with this hash was given, and the person's hash where the means tells who it is."""
    row = _row(
        VotingRight, "means, person_hash", "round_id = %s AND secret_hash = %s AND NOT used", round.pk, secret_hash
    )
    return (MeansKind(row[0]), row[1]) if row else None


def _row(model: type[BallotBox | VotingRight], columns: str, where: str, *values: Any) -> tuple[Any, ...] | None:
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} WHERE {where}", values)  # noqa: S608  (the model's own table)
        return cursor.fetchone()
