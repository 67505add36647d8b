"""What the suite itself must keep to, so that no test depends on its neighbours."""

import re

import pytest

from tests.architecture.rooms import ROOT


@pytest.mark.parametrize("path", sorted((ROOT / "tests").rglob("test_*.py")), ids=lambda path: path.name)
def test_a_test_that_commits_puts_the_migrations_records_back(path: object) -> None:
    """A flush without the serialized records makes content types anew, with which the next test's records collide."""
    marks = re.findall(r"django_db\(([^)]*)\)", path.read_text())  # type: ignore[attr-defined]
    assert not [mark for mark in marks if "transaction=True" in mark and "serialized_rollback=True" not in mark]
