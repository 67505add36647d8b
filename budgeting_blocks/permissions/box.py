"""What decides whether a round's box takes a ballot, as it stands in the database. One statement, because every vote asks it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from budgeting_blocks.domain.phases import Kind, Schedule, Window
from budgeting_blocks.models import Phase, Round, RoundResult, RoundSeal, RuleVersion
from cms.common.sql import Statement, table_of


@dataclass(frozen=True, slots=True)
class BoxState:
    """`version`: id, number and fingerprint of the newest frozen rules, or None."""

    schedule: Schedule
    counted: bool
    sealed: bool
    version: tuple[int, int, str] | None


def ask_box(round: Round) -> Statement:
    """The question; `box_state` reads the answer. One row for each phase, and one where the round has none."""
    result, seal = (f"EXISTS (SELECT 1 FROM {table_of(m)} WHERE round_id = r.id)" for m in (RoundResult, RoundSeal))  # noqa: S608  (the models' own tables)
    version = f"SELECT id FROM {table_of(RuleVersion)} WHERE round_id = r.id ORDER BY number DESC LIMIT 1"  # noqa: S608
    return (
        f"SELECT p.kind, p.opens_at, p.closes_at, {result}, {seal}, v.id, v.number, v.fingerprint"  # noqa: S608
        f" FROM {table_of(Round)} r LEFT JOIN {table_of(Phase)} p ON p.round_id = r.id"
        f" LEFT JOIN {table_of(RuleVersion)} v ON v.id = ({version}) WHERE r.id = %s",
        [round.pk],
    )


def box_state(rows: Sequence[tuple[Any, ...]]) -> BoxState:
    """What the rows of `ask_box` say."""
    windows = [Window(Kind(kind), _moment(opens), _moment(closes)) for kind, opens, closes, *_rest in rows if kind]
    counted, sealed, *version = rows[0][3:]
    known = (version[0], version[1], version[2]) if version[0] is not None else None
    return BoxState(Schedule.of(windows), bool(counted), bool(sealed), known)


def _moment(value: datetime) -> datetime:
    # SQLite's have no time zone.
    return value if connection.vendor == "postgresql" else value.replace(tzinfo=UTC)
