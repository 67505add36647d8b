"""What must not be seen before a result is confirmed, and looking for it in whatever an answer or a database holds."""

from __future__ import annotations

import base64
import io
import pickle
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from django.core.cache import caches
from django.db import connection
from django.http import HttpResponseBase

from cms.common.pagecache import _Entry

# Said of a counted item, and of nothing else that staff or residents see before a result is out.
WORDS = ("Äänissä sijalla", "Raha ei riittänyt", "Rahoitetaan</", "KARKAISU")
# Where the count itself lives.
COUNT_TABLES = frozenset({"budgeting_blocks_roundresult", "budgeting_blocks_resultline"})


@dataclass(frozen=True)
class Secret:
    """`ranked`: titles of the counted items, the first one first; `won`: how many of them won; `numbers`: votes."""

    ranked: tuple[str, ...]
    won: int
    numbers: tuple[int, ...]

    def leaks(self, text: str) -> list[str]:
        """What of the count this text gives away: votes, words, who won, or in which order they came."""
        found = self.numbers_in(text) + [word for word in WORDS if word in text]
        shown = sorted((title for title in self.ranked if title in text), key=text.index)
        if set(shown) == set(self.ranked[: self.won]):
            found.append("the winners and nobody else")
        if len(shown) >= 5 and shown in (by_rank := [t for t in self.ranked if t in shown], by_rank[::-1]):
            found.append("the order of the places")
        return found

    def numbers_in(self, text: str) -> list[str]:
        squeezed = re.sub(r"(?<=\d)(?:[\s\xa0\u202f.,]|&nbsp;|&#x27;)(?=\d)", "", text)
        return [str(number) for number in self.numbers if str(number) in squeezed]


def text_of(response: HttpResponseBase) -> str:
    """All that an answer tells: body, headers and cookies; of a workbook or a package what is packed in it."""
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return "\n".join([*unpacked(body), str(response.headers), response.cookies.output()])


def unpacked(body: bytes) -> Iterator[str]:
    """The text of a file, and of the files in it."""
    if body[:2] != b"PK":
        yield body.decode(errors="replace")
        return
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for name in archive.namelist():
            yield from unpacked(archive.read(name))


def cached_texts() -> Iterator[str]:
    """Every value of this process's cache; the shared one is a table of the database."""
    for packed in list(getattr(caches["default"], "_cache", {}).values()):
        value = pickle.loads(packed)  # noqa: S301  (our own)
        yield zlib.decompress(value.packed).decode() + str(value.headers) if isinstance(value, _Entry) else repr(value)


def database_texts() -> Iterator[tuple[str, str]]:
    """Each table's name and all that is in it, but for the count's own tables: log entries, search index, sessions, …"""
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names()) - COUNT_TABLES):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            yield table, "\n".join(_readable(cell) for row in cursor.fetchall() for cell in row)


def _readable(cell: object) -> str:
    # A moment's microseconds are as good as random, and no count.
    text = re.sub(r"(:\d\d)\.\d{6}\b", r"\1", str(cell))
    if isinstance(cell, str) and re.fullmatch(r"[\w+/.:=-]{40,}", cell):
        # Sessions and cached values are packed.
        for part in re.split(r"[:.]", cell):
            with suppress(ValueError):
                raw = base64.b64decode(part.translate(str.maketrans("-_", "+/")) + "==")
                text += "\n" + raw.decode(errors="replace")
                with suppress(zlib.error):
                    text += "\n" + zlib.decompress(raw).decode(errors="replace")
    return text
