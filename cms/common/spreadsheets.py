"""Reading a workbook that somebody sends: bounded in time and memory whatever it holds, and never trusted."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

MAX_FILE_BYTES = 5_000_000
MAX_UNPACKED_BYTES = 30_000_000
MAX_PARTS = 200
_CHUNK = 64 * 1024
_DANGEROUS = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class SpreadsheetError(Exception):
    """The file cannot be read; `message` is a sentence for the person."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def read_sheet(file: IO[bytes], *, max_rows: int, max_columns: int) -> list[tuple[Any, ...]]:
    """The cells of the first sheet, row by row, as values (text, number, date or None); formulas give their last result.

    Raises SpreadsheetError for anything that is no workbook, too large, packed too tightly, or has over `max_rows` rows.
    """
    _require_harmless(file)
    try:
        workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        try:
            sheet = workbook.worksheets[0]
            rows = list(sheet.iter_rows(max_row=max_rows + 1, max_col=max_columns, values_only=True))
        finally:
            workbook.close()
    except SpreadsheetError:
        raise
    except Exception as error:  # whatever openpyxl meets in a broken file
        raise SpreadsheetError(_("Tiedostoa ei voi lukea. Tallenna se uudelleen XLSX-muodossa.")) from error
    while rows and all(cell in (None, "") for cell in rows[-1]):
        rows.pop()
    if len(rows) > max_rows:
        raise SpreadsheetError(_("Taulukossa on yli %(rows)d riviä.") % {"rows": max_rows})
    return rows


def _require_harmless(file: IO[bytes]) -> None:
    """Unpack it once without keeping anything: a small file may hold gigabytes, and XML may define its own."""
    file.seek(0, 2)
    if file.tell() > MAX_FILE_BYTES:
        raise SpreadsheetError(
            _("Tiedosto on liian suuri. Enintään %(size)d Mt.") % {"size": MAX_FILE_BYTES // 1_000_000}
        )
    file.seek(0)
    left = MAX_UNPACKED_BYTES
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS:
                raise SpreadsheetError(_("Tiedostossa on liikaa osia."))
            for part in parts:
                left = _measure(archive, part, left)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise SpreadsheetError(_("Tiedosto ei ole XLSX-taulukko, tai se on rikki.")) from error
    file.seek(0)


def _measure(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise SpreadsheetError(_("Tiedosto on purettuna liian suuri."))
            if part.filename.endswith((".xml", ".rels", ".vml")) and _DANGEROUS.search(tail + chunk):
                raise SpreadsheetError(_("Tiedosto ei ole XLSX-taulukko, tai se on rikki."))
            tail = chunk[-32:]
    return left


def plain_text(cell: object) -> str:
    """A cell as text, without the apostrophe that `cms.common.exports.safe_cell` may have put before it."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).replace("\r\n", "\n").replace("_x000D_", "").replace("\0", "")
    if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@", "\t", "\r", "\n") and text[1:2]:
        return text[1:]
    return text
