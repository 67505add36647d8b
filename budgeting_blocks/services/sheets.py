"""What is printed of codes: each with a QR code that opens the voting with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import segno
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from budgeting_blocks.models import Round
from cms.common.mail import absolute_url

# Drawing takes a millisecond each, and a page of them a kilobyte and a half; longer lists go to a printer as a spreadsheet.
MAX_SLIPS = 1000


@dataclass(frozen=True, slots=True)
class Slip:
    """One code, the address that opens it, and that address as a picture (inline SVG). `recipient`: lines of the envelope."""

    code: str
    url: str
    picture: SafeString
    recipient: tuple[str, ...] = ()


def voting_slips(round: Round, codes: Iterable[str], recipients: Iterable[tuple[str, ...]] = ()) -> Iterator[Slip]:
    """A slip for each code, one after another; `recipients` stand in the order of the codes."""
    base = voting_address(round)
    recipients = iter(recipients)
    for code in codes:
        # Behind # the code stays in the browser: it reaches no log, no proxy and no referrer.
        url = f"{base}#{code}"
        picture = segno.make_qr(url, error="m").svg_inline(scale=1, omitsize=True, svgclass="slip__qr", lineclass=None)
        yield Slip(code, url, mark_safe(picture), next(recipients, ()))  # noqa: S308  (segno's own drawing; the address is ours)


def voting_address(round: Round) -> str:
    """Where one votes with a code, to be typed from paper."""
    return absolute_url(reverse("budgeting:vote_code", args=[round.slug]))
