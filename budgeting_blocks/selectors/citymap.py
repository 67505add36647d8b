"""The city's own small map: its areas as shapes around their centres, with nothing from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from budgeting_blocks.domain.citymap import Bounds, Point, cell_of, polygon
from budgeting_blocks.models import Area

WIDTH = 600


def city_bounds() -> Bounds:
    """What the city's maps show, and within which a proposal's point must lie."""
    return Bounds.of(settings.MAP_BOUNDS)


@dataclass(frozen=True, slots=True)
class MapArea:
    """One area as the map draws it. `points` is an SVG polygon's attribute; `at` is where the name stands."""

    name: str
    points: str
    at: Point


@dataclass(frozen=True, slots=True)
class CityMap:
    """All numbers are in the units of a drawing `width` wide and `height` high."""

    bounds: Bounds
    width: int
    height: int
    areas: list[MapArea]


def city_map() -> CityMap:
    """In one query. Areas whose centre nobody has entered are not drawn."""
    bounds = city_bounds()
    height = round(WIDTH * bounds.ratio)
    rows = Area.objects.values_list("name", "latitude", "longitude")
    centres = [
        (name, bounds.on_map(lat, lng, WIDTH))
        for name, lat, lng in rows
        if lat is not None and lng is not None and bounds.contains(lat, lng)
    ]
    points = [at for _name, at in centres]
    areas = [MapArea(name, polygon(cell_of(at, points, WIDTH, height)), at) for name, at in centres]
    return CityMap(bounds, WIDTH, height, areas)
