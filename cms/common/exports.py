"""Tables as files: whatever a cell holds, a spreadsheet shows it as text and never runs it as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(value: object) -> str:
    """The value as text; one that a spreadsheet would take for a formula gets an apostrophe before it."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def csv_response(filename: str, header: Sequence[object], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A UTF-8 file with commas, `filename` without its ending."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([safe_cell(cell) for cell in header])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return _download(text.getvalue().encode(), "text/csv; charset=utf-8", f"{filename}.csv")


def xlsx_response(filename: str, header: Sequence[object], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A workbook of one sheet in which every cell is text, `filename` without its ending."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for row in (header, *rows):
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, safe_cell(value))
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    output = io.BytesIO()
    workbook.save(output)
    return _download(output.getvalue(), XLSX_TYPE, f"{filename}.xlsx")


def _download(content: bytes, content_type: str, filename: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["Cache-Control"] = "private, no-store"
    return response
