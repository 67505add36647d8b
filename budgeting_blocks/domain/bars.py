"""Lengths of bars in a chart. Plain Python."""

from collections.abc import Sequence


def shares(values: Sequence[int | None]) -> list[str]:
    """Each value as a part of the largest in per cent, as an SVG length; an unknown one is as long as nothing."""
    most = max((value for value in values if value), default=0)
    return [f"{100 * (value or 0) / most:.2f}%" if most else "0%" for value in values]


def stack(parts: Sequence[int], whole: int) -> list[tuple[str, str]]:
    """Parts of a whole side by side: where each begins and how long it is, as SVG lengths."""
    pieces, begin = [], 0
    for part in parts:
        pieces.append((f"{100 * begin / whole:.2f}%", f"{100 * part / whole:.2f}%"))
        begin += part
    return pieces
