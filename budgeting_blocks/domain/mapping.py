"""A plain map of points: where each stands on a drawing, and how long a kilometre is there. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

from budgeting_blocks.domain.places import Point

WIDTH = 600
# As a share of the width: the drawing is neither a thread nor a tower.
_MIN_HEIGHT, _MAX_HEIGHT = 0.5, 1.0
_MARGIN = 24
# Degrees of latitude; a drawing of a single point is about three kilometres wide.
_MIN_SPAN = 0.03
_KM_IN_DEGREE = 111.2
_BARS = (100, 50, 20, 10, 5, 2, 1, 0.5)
# As a share of the width.
_LONGEST_BAR = 0.3


@dataclass(frozen=True, slots=True)
class Drawing:
    """The frame of a map. `place` gives the position of a point in it."""

    height: int
    scale: float
    west: float
    north: float
    squeeze: float

    @classmethod
    def around(cls, points: Iterable[Point]) -> Drawing:
        """A frame in which all points lie, at least one of them given, north up."""
        listed = list(points)
        south, north = min(p.latitude for p in listed), max(p.latitude for p in listed)
        west, east = min(p.longitude for p in listed), max(p.longitude for p in listed)
        squeeze = cos(radians((south + north) / 2))
        inner = WIDTH - 2 * _MARGIN
        tall, wide = max(north - south, _MIN_SPAN / 2), max((east - west) * squeeze, _MIN_SPAN)
        inner_height = min(max(inner * tall / wide, _MIN_HEIGHT * WIDTH), _MAX_HEIGHT * WIDTH)
        scale = min(inner / wide, inner_height / tall)
        # What the frame has to spare lies evenly on both sides.
        spare_x = (inner / scale - (east - west) * squeeze) / 2
        spare_y = (inner_height / scale - (north - south)) / 2
        margin = _MARGIN / scale
        return cls(
            height=round(inner_height) + 2 * _MARGIN,
            scale=scale,
            west=west - (spare_x + margin) / squeeze,
            north=north + spare_y + margin,
            squeeze=squeeze,
        )

    def place(self, point: Point) -> tuple[float, float]:
        """To the right and down from the upper left corner."""
        x = (point.longitude - self.west) * self.squeeze * self.scale
        y = (self.north - point.latitude) * self.scale
        return round(x, 1), round(y, 1)

    def scale_bar(self) -> tuple[float, float]:
        """A round number of kilometres, and how long that is on the drawing."""
        unit = self.scale / _KM_IN_DEGREE
        kilometres = next((bar for bar in _BARS if bar * unit <= _LONGEST_BAR * WIDTH), _BARS[-1])
        return kilometres, round(kilometres * unit, 1)
