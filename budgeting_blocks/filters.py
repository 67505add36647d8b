"""The filters and the order of the public gallery, in the address and so shareable."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from math import cos, radians
from typing import Any

import django_filters
from django import forms
from django.db.models import BigIntegerField, Expression, ExpressionWrapper, F, FloatField, OrderBy, Value
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from budgeting_blocks.choices import ScreeningState
from budgeting_blocks.domain.places import Point, parse_point
from budgeting_blocks.domain.rotation import MAX_SEED, PRIME, coefficients, seed_of_hour
from budgeting_blocks.models import Area, Proposal, Theme
from budgeting_blocks.querysets import ProposalQuerySet

MAX_QUERY = 80
FAIR, NEAREST, MAP = "fair", "nearest", "map"
SORTS: dict[str, tuple[Any, tuple[str | OrderBy, ...]]] = {
    FAIR: (_("Vaihtuva järjestys"), ()),
    "newest": (_("Uusimmat ensin"), ("-submitted_at", "-pk")),
    NEAREST: (_("Lähimmät ensin"), ()),
    "cheapest": (_("Halvimmat ensin"), (F("screening__cost").asc(nulls_last=True), "pk")),
    "title": (_("Aakkosjärjestys"), ("sort_title", "pk")),
}
# Narrow what is shown; the rest only orders it.
FACETS = ("theme", "area", "state")


def rotated(seed: int) -> Expression:
    """The place of a proposal in the fair order of the seed; the same whole number in every database."""
    a, b = coefficients(seed)
    return ExpressionWrapper((F("rotation_key") * Value(a) + Value(b)) % Value(PRIME), output_field=BigIntegerField())


def distance(point: Point) -> Expression:
    """How far a proposal is from the point, squared and on a flat map: enough to order by within a city."""
    north = F("latitude") - Value(point.latitude)
    east = (F("longitude") - Value(point.longitude)) * Value(cos(radians(point.latitude)))
    return ExpressionWrapper(north * north + east * east, output_field=FloatField())


class GalleryFilterSet(django_filters.FilterSet):
    """Filters and sorts a round's published proposals. A value that makes no sense is ignored, and so filters nothing.

    `prefix` keeps the parameters of two galleries on one page apart.
    """

    q = django_filters.CharFilter(
        label=_("Hakusana"),
        method="filter_text",
        max_length=MAX_QUERY,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": MAX_QUERY, "autocomplete": "off"}),
    )
    theme = django_filters.ChoiceFilter(label=_("Teema"), field_name="theme__slug", empty_label=_("Kaikki teemat"))
    area = django_filters.ChoiceFilter(label=_("Alue"), field_name="area__slug", empty_label=_("Kaikki alueet"))
    state = django_filters.ChoiceFilter(
        label=_("Tila"), choices=ScreeningState.choices, method="filter_state", empty_label=_("Kaikki tilat")
    )
    sort = django_filters.ChoiceFilter(
        label=_("Järjestys"),
        choices=[(name, label) for name, (label, _order) in SORTS.items()],
        method="leave",
        empty_label=None,
        null_label=None,
    )
    near = django_filters.CharFilter(label=_("Lähellä"), method="leave", max_length=80, widget=forms.Select)
    view = django_filters.ChoiceFilter(method="leave", choices=[(MAP, _("Kartta"))], widget=forms.HiddenInput)
    seed = django_filters.NumberFilter(
        method="leave", min_value=0, max_value=MAX_SEED, decimal_places=0, widget=forms.HiddenInput
    )

    class Meta:
        model = Proposal
        fields: list[str] = []

    def __init__(self, data: Mapping[str, Any], *, queryset: ProposalQuerySet, prefix: str, **kwargs: Any) -> None:
        super().__init__(data, queryset=queryset, prefix=prefix, **kwargs)
        # Read once for the menus, the validation and the form of a new proposal.
        self.themes, self.areas = list(Theme.objects.all()), list(Area.objects.all())
        self.filters["theme"].extra["choices"] = [(theme.slug, theme.name) for theme in self.themes]
        self.filters["area"].extra["choices"] = [(area.slug, area.name) for area in self.areas]
        self.form.auto_id = f"{prefix}-%s"
        self._offer_places()

    @property
    def chosen(self) -> dict[str, Any]:
        """The values that make sense, by filter name."""
        self.form.is_valid()
        values = {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "")}
        if "near" in values and self._point_of(values["near"]) is None:
            del values["near"]
        return values

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the order was chosen."""
        return bool(self.chosen.keys() & {"q", *FACETS})

    @property
    def point(self) -> Point | None:
        """Where one wants to be near to: a point of the address, or the centre of the area that it names."""
        return self._point_of(self.chosen.get("near", ""))

    @property
    def order_name(self) -> str:
        """The order in force. Nobody is near to nowhere: without a point, nearest is the fair order, and the other way."""
        wanted = self.chosen.get("sort", FAIR)
        if wanted in (FAIR, NEAREST):
            return NEAREST if self.point else FAIR
        return wanted

    def seed_at(self, now: datetime) -> int:
        """The visitor's own seed, or the hour's."""
        return int(self.chosen.get("seed", seed_of_hour(now)))

    def order(self, now: datetime) -> tuple[str | OrderBy, ...]:
        """What to order by; it decides between any two proposals, so that no page repeats another's."""
        if self.order_name == NEAREST and self.point is not None:
            return (distance(self.point).asc(nulls_last=True), "pk")
        if self.order_name == FAIR:
            return (rotated(self.seed_at(now)).asc(), "pk")
        return SORTS[self.order_name][1]

    @property
    def searched(self) -> ProposalQuerySet:
        """What the words let through, without the other choices: what the counts beside these are made of."""
        return self.queryset.containing(self.chosen.get("q", ""))

    @property
    def qs(self) -> ProposalQuerySet:
        """What is chosen, in no order."""
        found = self.searched
        for name in FACETS:
            if value := self.chosen.get(name):
                found = self.filters[name].filter(found, value)
        return found

    def filter_text(self, queryset: ProposalQuerySet, _name: str, value: str) -> ProposalQuerySet:
        return queryset.containing(value)

    def filter_state(self, queryset: ProposalQuerySet, _name: str, value: str) -> ProposalQuerySet:
        return queryset.in_state(value)

    def leave(self, queryset: ProposalQuerySet, _name: str, _value: Any) -> ProposalQuerySet:
        return queryset

    def _point_of(self, near: str) -> Point | None:
        area = next((area for area in self.areas if area.slug == near), None)
        if area is None:
            return parse_point(near)
        return None if area.latitude is None or area.longitude is None else Point(area.latitude, area.longitude)

    def _offer_places(self) -> None:
        """The areas whose centres are known, and the point that stands in the address."""
        places = [(area.slug, area.name) for area in self.areas if area.latitude is not None]
        near = str(self.form.data.get(f"{self.form.prefix}-near", ""))
        if parse_point(near):
            places.append((near, gettext("Valitsemani paikka")))
        self.form.fields["near"].widget.choices = [("", gettext("Ei valittu")), *places]
