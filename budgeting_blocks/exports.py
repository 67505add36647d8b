"""Spreadsheets of participatory budgeting."""

import csv
import io
from collections.abc import Iterable, Sequence

import segno
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cms.common.exports import safe_cell


def codes_csv(
    codes: Iterable[str],
    *,
    round_title: str,
    batch_label: str,
    extra_header: Sequence[str] = (),
    extra_rows: Sequence[Sequence[str]] = (),
) -> str:
    """A line for each code, for a letter run; `extra_rows` (in the codes' order) stand behind, such as names and addresses."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([_("Koodi"), _("Kierros"), _("Erä"), *map(safe_cell, extra_header)])
    for number, code in enumerate(codes):
        extra = extra_rows[number] if extra_rows else ()
        writer.writerow([safe_cell(cell) for cell in (code, round_title, batch_label, *extra)])
    return out.getvalue()


def qr_svg(text: str) -> SafeString:
    """A QR code of the text as an SVG element, readable from a few metres and with a quarter of it torn off."""
    out = io.BytesIO()
    segno.make(text, error="q", micro=False).save(out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4)
    return mark_safe(out.getvalue().decode())  # noqa: S308  (drawn by segno: numbers and one path)


def table_csv(header: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    """A table with commas and line feeds, for files that go into a package."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()
