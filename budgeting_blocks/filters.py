"""The filters of the public gallery, in the address and so shareable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import F, OrderBy
from django.utils.translation import gettext_lazy as _

from budgeting_blocks.choices import ScreeningState
from budgeting_blocks.models import Area, Proposal, Theme
from budgeting_blocks.querysets import ProposalQuerySet

MAX_QUERY = 80
SORTS: dict[str, tuple[Any, tuple[str | OrderBy, ...]]] = {
    "newest": (_("Uusimmat ensin"), ("-submitted_at", "-pk")),
    "title": (_("Aakkosjärjestys"), ("sort_title", "pk")),
    "cheapest": (_("Halvimmat ensin"), (F("screening__cost").asc(nulls_last=True), "pk")),
}
DEFAULT_SORT = "newest"


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
        method="filter_sort",
        empty_label=None,
        null_label=None,
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

    @property
    def chosen(self) -> dict[str, Any]:
        """The values that make sense, by filter name."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the order was chosen."""
        return bool(self.chosen.keys() - {"sort"})

    @property
    def qs(self) -> ProposalQuerySet:
        chosen = self.chosen
        found = self.queryset.all()
        for name, value in chosen.items():
            found = self.filters[name].filter(found, value)
        return found if "sort" in chosen else self.filter_sort(found, "sort", DEFAULT_SORT)

    def filter_text(self, queryset: ProposalQuerySet, _name: str, value: str) -> ProposalQuerySet:
        return queryset.containing(value)

    def filter_state(self, queryset: ProposalQuerySet, _name: str, value: str) -> ProposalQuerySet:
        return queryset.in_state(value)

    def filter_sort(self, queryset: ProposalQuerySet, _name: str, value: str) -> ProposalQuerySet:
        return queryset.order_by(*SORTS[value][1])
