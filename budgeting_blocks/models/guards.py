"""Triggers that hold what no constraint can: rows that are only ever added.

They are made again after every migration (see `apps.py`), since SQLite loses a table's triggers when it rebuilds the table.
Who owns the database can lift them; what was changed then is found by `verify_round`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

_FUNCTION = "budgeting_refuse_change"


@dataclass(frozen=True, slots=True)
class Guard:
    """Refuses an event (UPDATE, DELETE, INSERT) on a table's rows. `when`: SQL over OLD and NEW, or empty for always."""

    table: str
    event: str
    when: str = ""

    @property
    def name(self) -> str:
        return f"guard_{self.table}_{self.event.lower()}"


_SEALED = "EXISTS (SELECT 1 FROM budgeting_blocks_roundseal WHERE round_id = {})"
_SHAKING = "EXISTS (SELECT 1 FROM budgeting_blocks_ballotbox WHERE round_id = {} AND shaking)"
# All of a rehearsal may go. That a round is one is settled when it is made.
_REAL = "EXISTS (SELECT 1 FROM budgeting_blocks_round WHERE id = {} AND rehearsal_of_id IS NULL)"
_BALLOT_ROUND = "(SELECT round_id FROM budgeting_blocks_ballot WHERE id = {}.ballot_id)"


def _box_guards(table: str, round_of: str) -> tuple[Guard, ...]:
    """What lies in a ballot box: never changed; taken out only by the shake, which puts it back; nothing after the seal."""
    old, new = round_of.format("OLD"), round_of.format("NEW")
    return (
        Guard(table, "UPDATE"),
        Guard(table, "DELETE", f"{_REAL.format(old)} AND (NOT {_SHAKING.format(old)} OR {_SEALED.format(old)})"),
        Guard(table, "INSERT", _SEALED.format(new)),
    )


GUARDS: tuple[Guard, ...] = (
    Guard("budgeting_blocks_ruleversion", "UPDATE"),
    Guard("budgeting_blocks_ruleversion", "INSERT", _SEALED.format("NEW.round_id")),
    Guard("budgeting_blocks_ruleversion", "DELETE", _REAL.format("OLD.round_id")),
    *_box_guards("budgeting_blocks_ballot", "{}.round_id"),
    *_box_guards("budgeting_blocks_ballotchoice", _BALLOT_ROUND),
    *_box_guards("budgeting_blocks_votereceipt", "{}.round_id"),
    # Its key goes when the whole box is sealed; nothing else of it changes.
    Guard(
        "budgeting_blocks_interimseal",
        "UPDATE",
        "NEW.secret <> '' OR OLD.round_id <> NEW.round_id OR OLD.digest <> NEW.digest"
        " OR OLD.ballots <> NEW.ballots OR OLD.receipts <> NEW.receipts",
    ),
    Guard("budgeting_blocks_interimseal", "DELETE", _REAL.format("OLD.round_id")),
    Guard("budgeting_blocks_roundseal", "UPDATE"),
    Guard("budgeting_blocks_roundseal", "DELETE", _REAL.format("OLD.round_id")),
    Guard("budgeting_blocks_round", "UPDATE", "COALESCE(OLD.rehearsal_of_id, 0) <> COALESCE(NEW.rehearsal_of_id, 0)"),
)


def install() -> None:
    """Make the triggers, also over earlier ones that said otherwise. PostgreSQL and SQLite only."""
    if connection.vendor not in ("postgresql", "sqlite"):
        return
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_refusal(_FUNCTION))
        for guard in GUARDS:
            if guard.table in tables:
                for statement in _sql(guard):
                    cursor.execute(statement)


def drop() -> None:
    """Take the triggers away."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guard in GUARDS:
            if guard.table in tables:
                on = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{on}")


@contextmanager
def lifted() -> Iterator[None]:
    """Without the triggers, in one transaction: for throwing the whole demo away."""
    with transaction.atomic():
        drop()
        yield
        install()


def _sql(guard: Guard) -> list[str]:
    if connection.vendor == "postgresql":
        # A trigger's WHEN may not look into other tables there; the function that it calls may.
        function = f"{guard.name}_function" if guard.when else _FUNCTION
        return [
            *([_refusal(function, guard)] if guard.when else []),
            f"CREATE OR REPLACE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {function}()",
        ]
    when = f"WHEN {guard.when} " if guard.when else ""
    return [
        f"DROP TRIGGER IF EXISTS {guard.name}",
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} FOR EACH ROW {when}"
        f"BEGIN SELECT RAISE(ABORT, '{guard.name}'); END",
    ]


def _refusal(name: str, guard: Guard | None = None) -> str:
    refuse = "RAISE integrity_constraint_violation USING MESSAGE = TG_NAME;"
    if guard is not None:
        row = "OLD" if guard.event == "DELETE" else "NEW"
        refuse = f"IF {guard.when} THEN {refuse} END IF; RETURN {row};"
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {refuse} END $$"
