"""The lines of a file, in the sections they belong to."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO

from budgeting_blocks.domain.pabulib.model import PabulibError

SECTIONS = ("META", "PROJECTS", "VOTES")
# A field may be a long comment, or an unclosed quote that swallows the file: the one is read, the other is told.
_LONGEST_FIELD = 1 << 26


@dataclass(slots=True)
class Section:
    """`header` in small letters; `rows` with the line on which each begins."""

    line: int
    header: list[str]
    rows: list[tuple[int, list[str]]] = field(default_factory=list)

    def column(self, *names: str) -> int | None:
        """The place of the first of these columns that there is."""
        return next((self.header.index(name) for name in names if name in self.header), None)


def decode(content: bytes) -> str:
    """The text of a file: UTF-8 with or without a mark, else as Central European Windows writes it."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1250", errors="replace")


def split_sections(text: str) -> dict[str, Section]:
    """The three sections by name. PabulibError when one is missing, doubled or without header."""
    sections: dict[str, Section] = {}
    current: Section | None = None
    last = 1
    for line, row in _rows(text):
        last = line
        first = row[0].strip()
        if first.upper() in SECTIONS and not any(cell.strip() for cell in row[1:]):
            if first.upper() in sections:
                raise PabulibError(line, f"the section {first.upper()} is there twice")
            current = sections[first.upper()] = Section(line, [])
        elif current is None:
            raise PabulibError(line, "the file does not begin with the section META")
        elif not current.header:
            current.header = _clean_header(line, row)
        else:
            current.rows.append((line, row))
    for name in SECTIONS:
        if name not in sections:
            raise PabulibError(last, f"the file ends without the section {name}")
        if not sections[name].header:
            raise PabulibError(sections[name].line, f"the section {name} has no header")
    return sections


def _clean_header(line: int, row: Sequence[str]) -> list[str]:
    header = [cell.strip().lower() for cell in row]
    doubled = {name for name in header if name and header.count(name) > 1}
    if doubled:
        raise PabulibError(line, f"the column {min(doubled)} is there twice")
    return header


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_FIELD))
    reader = csv.reader(StringIO(text.replace("\0", ""), newline=""), delimiter=";")
    before = 0
    try:
        for row in reader:
            if row and any(map(str.strip, row)):
                yield before + 1, row
            before = reader.line_num
    except csv.Error as error:
        raise PabulibError(before + 1, f"the line cannot be split into fields: {error}") from error
