"""Points on the city's map. Plain Python."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The part of the world that the city's maps show, in degrees."""

    south: float
    west: float
    north: float
    east: float

    @classmethod
    def of(cls, numbers: Sequence[float]) -> Bounds:
        """From south, west, north, east; a ValueError when they do not enclose anything."""
        south, west, north, east = numbers
        if not (-90 <= south < north <= 90 and -180 <= west < east <= 180):
            raise ValueError("south, west, north, east, in this order")
        return cls(south, west, north, east)

    def contains(self, latitude: float, longitude: float) -> bool:
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east

    @property
    def ratio(self) -> float:
        """Height of the map over its width: a degree of longitude is shorter than one of latitude up here."""
        squeeze = math.cos(math.radians((self.south + self.north) / 2))
        return (self.north - self.south) / ((self.east - self.west) * squeeze)

    def on_map(self, latitude: float, longitude: float, width: float) -> Point:
        """Where the point is drawn, from the upper left corner, on a map so wide."""
        x = (longitude - self.west) / (self.east - self.west) * width
        y = (self.north - latitude) / (self.north - self.south) * width * self.ratio
        return round(x, 1), round(y, 1)


def cell_of(centre: Point, others: Sequence[Point], width: float, height: float) -> list[Point]:
    """The part of the map that is nearer to `centre` than to any of the others: a polygon."""
    cell: list[Point] = [(0, 0), (width, 0), (width, height), (0, height)]
    for other in others:
        if other != centre:
            cell = _nearer_half(cell, centre, other)
    return [(round(x, 1), round(y, 1)) for x, y in cell]


def polygon(points: Sequence[Point]) -> str:
    """As SVG's `points`."""
    return " ".join(f"{x},{y}" for x, y in points)


def _nearer_half(cell: list[Point], centre: Point, other: Point) -> list[Point]:
    def excess(point: Point) -> float:
        return math.dist(point, centre) ** 2 - math.dist(point, other) ** 2

    kept: list[Point] = []
    for (x, y), (next_x, next_y) in zip(cell, [*cell[1:], *cell[:1]], strict=True):
        here, there = excess((x, y)), excess((next_x, next_y))
        if here <= 0:
            kept.append((x, y))
        if here * there < 0:
            share = here / (here - there)
            kept.append((x + (next_x - x) * share, y + (next_y - y) * share))
    return kept
