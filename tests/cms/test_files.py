"""Which uploaded files have a plain address."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client


@pytest.mark.parametrize("path", ["documents/raha.pdf", "./documents/raha.pdf", "images/../documents/raha.pdf"])
def test_a_document_is_read_only_where_its_restrictions_are_asked(
    db: None, client: Client, settings: Any, tmp_path: Path, path: str
) -> None:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "raha.pdf").write_bytes(b"%PDF-")
    assert client.get(f"/media/{path}").status_code == 404


def test_a_picture_has_a_plain_address(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "jarvi.jpg").write_bytes(b"x")
    assert client.get("/media/images/jarvi.jpg").status_code == 200
