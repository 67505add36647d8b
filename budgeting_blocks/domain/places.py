"""Points on the map. Plain Python."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Finland and a little around it; elsewhere nothing is near.
_SOUTH, _NORTH, _WEST, _EAST = 59.0, 71.0, 19.0, 32.0
_POINT = re.compile(r"(\d{2}(?:\.\d{1,6})?),(\d{2}(?:\.\d{1,6})?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees."""

    latitude: float
    longitude: float


def parse_point(text: str) -> Point | None:
    """The point of ”60.631,24.861”, or None for anything else and for what is far away."""
    match = _POINT.fullmatch(text)
    if match is None:
        return None
    latitude, longitude = float(match[1]), float(match[2])
    inside = _SOUTH <= latitude <= _NORTH and _WEST <= longitude <= _EAST
    return Point(latitude, longitude) if inside else None
