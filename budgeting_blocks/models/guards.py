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


GUARDS: tuple[Guard, ...] = (
    Guard("budgeting_blocks_ruleversion", "UPDATE"),
    Guard("budgeting_blocks_ruleversion", "DELETE"),
)


def install() -> None:
    """Make the triggers where they are missing. PostgreSQL and SQLite only."""
    if connection.vendor not in ("postgresql", "sqlite"):
        return
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE integrity_constraint_violation USING MESSAGE = TG_NAME; END $$"
            )
        for guard in GUARDS:
            if guard.table in tables:
                cursor.execute(_sql(guard))


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
    """Without the triggers, in one transaction: for throwing a whole rehearsal or the demo away."""
    with transaction.atomic():
        drop()
        yield
        install()


def _sql(guard: Guard) -> str:
    when = f"WHEN ({guard.when}) " if guard.when else ""
    if connection.vendor == "postgresql":
        return (
            f"CREATE OR REPLACE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} "
            f"FOR EACH ROW {when}EXECUTE FUNCTION {_FUNCTION}()"
        )
    return (
        f"CREATE TRIGGER IF NOT EXISTS {guard.name} BEFORE {guard.event} ON {guard.table} FOR EACH ROW {when}"
        f"BEGIN SELECT RAISE(ABORT, '{guard.name}'); END"
    )
