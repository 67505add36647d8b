import pytest
from django.db import connection

from budgeting_blocks.models import Ballot, BallotChoice, VoteReceipt, VotingRight


@pytest.mark.parametrize("model", [Ballot, BallotChoice, VoteReceipt, VotingRight])
@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="only SQLite keeps a hidden rowid; PostgreSQL's order is shaken out"
)
def test_sqlite_keeps_no_order_of_arrival_beside_the_random_id(db: None, model: type[Ballot]) -> None:
    """A rowid that is not the id itself would count up, ballot by ballot, and join voters with ballots by order."""
    table = connection.ops.quote_name(model._meta.db_table)
    id_column = model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA table_info({table})")
        types = {name: type_ for _cid, name, type_, *_rest in cursor.fetchall()}
    assert types[id_column].upper() == "INTEGER"
