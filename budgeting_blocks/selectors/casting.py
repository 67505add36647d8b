"""What every cast asks, in as few trips to the database as can be."""

from __future__ import annotations

from typing import Any

from django.db import connection

from budgeting_blocks.domain.rules import MeansKind
from budgeting_blocks.models import BallotBox, Round, VotingRight
from budgeting_blocks.permissions.box import newest_version
from cms.common.sql import Statement, run_together, table_of

UNUSED = "round_id = %s AND secret_hash = %s AND NOT used"


# What voting shows and asks of a round; the rest is read when it is asked for.
_WANTED = {"id", "title", "slug", "introduction", "budget", "rehearsal_of_id", "live"}
_ROUND = tuple(field.attname for field in Round._meta.concrete_fields if field.attname in _WANTED)


def find_live_round(slug: str) -> Round | None:
    """The published round of this address. With it comes what voting asks next: `box_salt`, which never changes, and which
    version of the rules was in force at that moment (`selectors.rules.rules_shown`)."""
    where = f"round_id = (SELECT id FROM {table_of(Round)} WHERE slug = %s)"  # noqa: S608  (the models' own tables)
    rows, salts, versions = run_together(
        (f"SELECT {', '.join(_ROUND)} FROM {table_of(Round)} WHERE slug = %s AND live", [slug]),  # noqa: S608
        (f"SELECT salt FROM {table_of(BallotBox)} WHERE {where}", [slug]),  # noqa: S608
        newest_version(where, slug),
    )
    if not rows:
        return None
    round = Round.from_db(connection.alias, _ROUND, rows[0])
    round.box_salt = salts[0][0] if salts else ""
    round.newest_version = versions[0] if versions else None
    return round


def box_salt(round: Round) -> str:
    """The salt of the round's code hashes; "" where the round has no box yet, and so no code."""
    if known := getattr(round, "box_salt", None):
        return known
    rows = run_together((f"SELECT salt FROM {table_of(BallotBox)} WHERE round_id = %s", [round.pk]))[0]  # noqa: S608
    return rows[0][0] if rows else ""


def is_unused(round: Round, secret_hash: str) -> bool:
    """Whether an unused right has this hash."""
    return bool(run_together((f"SELECT 1 FROM {table_of(VotingRight)} WHERE {UNUSED}", [round.pk, secret_hash]))[0])  # noqa: S608


def use_right(round: Round, secret_hash: str) -> Statement:
    """Uses the right up; `used_right` reads the answer. The condition stands in the UPDATE itself: of any number of posts at
    once, one gets the row."""
    sql = f"UPDATE {table_of(VotingRight)} SET used = %s WHERE {UNUSED} RETURNING means"  # noqa: S608
    return sql, [True, round.pk, secret_hash]


def used_right(rows: list[tuple[Any, ...]]) -> MeansKind | None:
    """By which means the right was given, or None when there was no unused one."""
    return MeansKind(rows[0][0]) if rows else None
