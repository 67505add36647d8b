"""What decides whether a round's box takes a ballot, as it stands in the database. One trip, because every vote asks it."""

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


def newest_version(where: str, value: int | str) -> Statement:
    """Id, number and fingerprint of the newest frozen rules; no row where nothing is frozen."""
    sql = f"SELECT id, number, fingerprint FROM {table_of(RuleVersion)} WHERE {where} ORDER BY number DESC LIMIT 1"  # noqa: S608  (the model's own table)
    return sql, [value]


def ask_box(round: Round) -> list[Statement]:
    """The questions, for one trip; `box_state` reads the answers. Three short ones: a join takes longer to plan than to run."""
    there = (f"EXISTS (SELECT 1 FROM {table_of(model)} WHERE round_id = %s)" for model in (RoundResult, RoundSeal))  # noqa: S608
    return [
        (f"SELECT kind, opens_at, closes_at FROM {table_of(Phase)} WHERE round_id = %s", [round.pk]),  # noqa: S608
        (f"SELECT {', '.join(there)}", [round.pk, round.pk]),
        newest_version("round_id = %s", round.pk),
    ]


def box_state(answers: Sequence[Sequence[tuple[Any, ...]]]) -> BoxState:
    """What the three answers to `ask_box` say."""
    phases, [(counted, sealed)], versions = answers
    windows = [Window(Kind(kind), _moment(opens), _moment(closes)) for kind, opens, closes in phases]
    version = (versions[0][0], versions[0][1], versions[0][2]) if versions else None
    return BoxState(Schedule.of(windows), bool(counted), bool(sealed), version)


def _moment(value: datetime) -> datetime:
    # SQLite's have no time zone.
    return value if connection.vendor == "postgresql" else value.replace(tzinfo=UTC)
