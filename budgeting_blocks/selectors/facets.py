"""How many proposals each choice of the gallery would leave, under the other choices. All of it from one query."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from budgeting_blocks.choices import ScreeningState
from budgeting_blocks.filters import FACETS, GalleryFilterSet


@dataclass(frozen=True, slots=True)
class Facets:
    """`cells`: how many proposals there are of each theme, area (None: the whole city) and state, as slugs and values."""

    cells: dict[tuple[str | None, ...], int]
    chosen: tuple[str | None, ...]
    has_places: bool

    @property
    def total(self) -> int:
        """How many all choices together leave."""
        return sum(count for cell, count in self.cells.items() if self._passes(cell))

    def counts(self, facet: str) -> dict[str, int]:
        """By the values of this facet that occur at all; 0 where the other choices leave nothing."""
        place = FACETS.index(facet)
        counts: dict[str, int] = {}
        for cell, count in self.cells.items():
            if (value := cell[place]) is not None:
                counts[value] = counts.get(value, 0) + (count if self._passes(cell, but=place) else 0)
        return counts

    def _passes(self, cell: tuple[str | None, ...], but: int | None = None) -> bool:
        return all(
            wanted is None or index == but or wanted == has
            for index, (wanted, has) in enumerate(zip(self.chosen, cell, strict=True))
        )


def facets_of(filterset: GalleryFilterSet) -> Facets:
    """The rows are as many as there are combinations, not proposals. `has_places`: some proposal stands on the map."""
    themes = {theme.pk: theme.slug for theme in filterset.themes}
    areas = {area.pk: area.slug for area in filterset.areas}
    rows = (
        filterset.searched.order_by()
        .values_list("theme_id", "area_id", "screening__state")
        .annotate(count=Count("pk"), located=Count("latitude"))
    )
    cells: dict[tuple[str | None, ...], int] = {}
    has_places = False
    for theme, area, state, count, located in rows:
        has_places = has_places or located > 0
        cell = (themes.get(theme), areas.get(area), state or ScreeningState.NOT_ASSESSED.value)
        cells[cell] = cells.get(cell, 0) + count
    chosen = filterset.chosen
    return Facets(cells, tuple(chosen.get(name) for name in FACETS), has_places)


def show_counts(filterset: GalleryFilterSet, facets: Facets) -> None:
    """Put the counts into the menus. What no proposal of the round has is left out, unless it is chosen."""
    for name in FACETS:
        counts = facets.counts(name)
        widget = filterset.form.fields[name].widget
        chosen = filterset.chosen.get(name)
        widget.choices = [
            (value, f"{label} ({counts.get(value, 0)})" if value else label)
            for value, label in filterset.form.fields[name].choices
            if not value or value in counts or value == chosen
        ]
