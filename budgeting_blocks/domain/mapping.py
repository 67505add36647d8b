"""A plain map of points: where each stands on a drawing, and the lines of latitude and longitude behind them. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, cos, floor, radians

from budgeting_blocks.domain.places import Point

WIDTH = 600
# As a share of the width: the drawing is neither a thread nor a tower.
_MIN_HEIGHT, _MAX_HEIGHT = 0.5, 1.0
_MARGIN = 24
# Degrees of latitude; a drawing of a single point is about a kilometre wide.
_MIN_SPAN = 0.01
_STEPS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2)
_MAX_LINES = 8


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

    def meridians(self) -> list[float]:
        """Where the lines of longitude cross the drawing, to the right from its edge."""
        span = WIDTH / self.scale / self.squeeze
        lines = _round_values(self.west, self.west + span)
        return [round((value - self.west) * self.squeeze * self.scale, 1) for value in lines]

    def parallels(self) -> list[float]:
        """Where the lines of latitude cross the drawing, down from its edge."""
        lines = _round_values(self.north - self.height / self.scale, self.north)
        return [round((self.north - value) * self.scale, 1) for value in lines]


def _round_values(low: float, high: float) -> list[float]:
    step = next((step for step in _STEPS if (high - low) / step <= _MAX_LINES), high - low)
    return [number * step for number in range(ceil(low / step), floor(high / step) + 1)]
