"""Plain SQL for the few places where every millisecond counts: the ORM writes a query for longer than the database runs it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models

Statement = tuple[str, Sequence[Any]]


def table_of(model: type[models.Model]) -> str:
    """The model's table, quoted."""
    return connection.ops.quote_name(model._meta.db_table)


def insert_rows(rows: Sequence[models.Model]) -> Statement:
    """Puts in all of these records of one model, at least one, each with a key of its own."""
    fields = rows[0]._meta.local_concrete_fields
    names = [field.attname for field in fields]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    places = ", ".join([f"({', '.join(['%s'] * len(names))})"] * len(rows))
    values = [getattr(row, name) for row in rows for name in names]
    return f"INSERT INTO {table_of(type(rows[0]))} ({columns}) VALUES {places}", values  # noqa: S608  (the model's own names)


def run_together(*statements: Statement) -> list[list[tuple[Any, ...]]]:
    """Run them in turn and return the rows of each. PostgreSQL gets them in one trip; each still sees what was committed
    until it began."""
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            return [cursor.execute(sql, values).fetchall() for sql, values in statements]
        cursor.execute(
            "; ".join(sql for sql, _values in statements), [value for _sql, more in statements for value in more]
        )
        found = []
        for _sql, _values in statements:
            found.append(cursor.fetchall() if cursor.description else [])
            cursor.nextset()
        return found
