"""Lengths of bars in a chart. Plain Python."""

from collections.abc import Sequence


def shares(values: Sequence[int | None]) -> list[str]:
    """Each value as a part of the largest in per cent, as an SVG length; an unknown one is as long as nothing."""
    most = max((value for value in values if value), default=0)
    return [f"{100 * (value or 0) / most:.2f}%" if most else "0%" for value in values]
