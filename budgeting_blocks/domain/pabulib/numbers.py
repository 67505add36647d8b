"""Numbers as the files write them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction

from budgeting_blocks.domain.counting import Money

# Between thousands: ordinary, no-break, narrow no-break and thin spaces.
_SPACES = str.maketrans("", "", " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\t'")
# Longer ones would be no money, and cost time.
_LONGEST = 40


def parse_number(text: str) -> Money:
    """`400000`, `400 000`, `400000.0`, `1 234,50`, `1,234.50`: exact, whole numbers as int. ValueError for all else."""
    plain = text.translate(_SPACES)
    if "," in plain:
        plain = plain.replace(",", "") if "." in plain or plain.count(",") > 1 else plain.replace(",", ".")
    if not plain or len(plain) > _LONGEST or plain.strip("+-.0123456789"):
        raise ValueError(text)
    try:
        number = Fraction(Decimal(plain))
    except InvalidOperation as error:
        raise ValueError(text) from error
    return number.numerator if number.denominator == 1 else number


def write_number(number: Money) -> str:
    """The number for a file: whole as it is, else with a decimal point; thirds and the like to six places."""
    if isinstance(number, int) or number.denominator == 1:
        return str(int(number))
    return f"{float(number):.6f}".rstrip("0").rstrip(".")
