"""The proposals of a gallery that have a point, drawn without any map of somebody else's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import OrderBy

from budgeting_blocks.domain.citymap import cell_of, polygon
from budgeting_blocks.domain.mapping import WIDTH, Drawing
from budgeting_blocks.domain.places import Point
from budgeting_blocks.models import Area, Proposal
from budgeting_blocks.querysets import ProposalQuerySet

MAX_POINTS = 300
# Half of a long name.
_NAME_ROOM = 90


@dataclass(frozen=True, slots=True)
class Mark:
    """A proposal in the drawing; `number` ties it to its line in the list."""

    x: float
    y: float
    number: int


@dataclass(frozen=True, slots=True)
class Shape:
    """An area in the drawing: `points` of its polygon, and where its name stands if that lies in the frame."""

    name: str
    points: str
    x: float
    y: float
    is_named: bool

    @property
    def edge(self) -> str:
        """The edge that a name in the middle of the area could cross."""
        if self.x < _NAME_ROOM:
            return "left"
        return "right" if self.x > WIDTH - _NAME_ROOM else ""


@dataclass(frozen=True, slots=True)
class MapItem:
    """A line of the list beside the map."""

    number: int
    proposal: Proposal


@dataclass(frozen=True, slots=True)
class ProposalMap:
    """`is_cut`: there are more points than are drawn."""

    items: list[MapItem]
    marks: list[Mark]
    areas: list[Shape]
    drawing: Drawing | None
    is_cut: bool

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def height(self) -> int:
        return self.drawing.height if self.drawing else 0

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width} {self.height}"


def proposal_map(found: ProposalQuerySet, order: Sequence[str | OrderBy], areas: Iterable[Area]) -> ProposalMap:
    """One query, and never more than `MAX_POINTS` proposals."""
    located = found.filter(latitude__isnull=False).select_related("area", "screening").order_by(*order)
    rows = list(located[: MAX_POINTS + 1])
    shown = rows[:MAX_POINTS]
    points = [Point(row.latitude, row.longitude) for row in shown]
    if not points:
        return ProposalMap([], [], [], None, False)
    centres = {
        area.pk: (area.name, Point(area.latitude, area.longitude))
        for area in areas
        if area.latitude is not None and area.longitude is not None
    }
    # The areas of what is shown belong in the picture: a place means something only beside a name.
    near = [centres[row.area_id][1] for row in shown if row.area_id in centres]
    drawing = Drawing.around([*points, *near])
    marks = [Mark(*drawing.place(point), number=number) for number, point in enumerate(points, start=1)]
    items = [MapItem(number, proposal) for number, proposal in enumerate(shown, start=1)]
    return ProposalMap(items, marks, _shapes(drawing, centres.values()), drawing, len(rows) > MAX_POINTS)


def _shapes(drawing: Drawing, named: Iterable[tuple[str, Point]]) -> list[Shape]:
    """What of each area lies in the frame; areas have no borders here, only centres."""
    at = [(name, drawing.place(centre)) for name, centre in named]
    centres = [point for _name, point in at]
    shapes = []
    for name, (x, y) in at:
        if cell := cell_of((x, y), centres, WIDTH, drawing.height):
            inside = 0 < x < WIDTH and 0 < y < drawing.height
            shapes.append(Shape(name, polygon(cell), x, y, is_named=inside))
    return shapes
