"""What a visitor may ask a forum's page for; all of it stands in the address, so that a view can be shared."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.query import PageQuerySet

from participation_pages.forums.models import ForumTheme

LATEST, ANNOUNCEMENTS, COMING, PAST = "", "announcements", "coming", "past"
SHOW_CHOICES = [
    (ANNOUNCEMENTS, _("Kaikki tiedotteet")),
    (COMING, _("Tulevat tapahtumat")),
    (PAST, _("Menneet tapahtumat")),
]


class ForumFilterSet(django_filters.FilterSet):
    """Theme by its slug, and which of the lists to show. What makes no sense is left out, without asking the database."""

    show = django_filters.ChoiceFilter(
        label=_("Sisältö"),
        choices=SHOW_CHOICES,
        empty_label=_("Uusimmat ja tulevat"),
        method="pick_list",
    )
    theme = django_filters.ChoiceFilter(label=_("Teema"), empty_label=_("Kaikki teemat"), method="filter_theme")

    def __init__(self, data: QueryDict, *, themes: Sequence[ForumTheme], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self._themes = {theme.slug: theme for theme in themes}
        self.form.fields["theme"].choices = [(theme.slug, theme.local_name) for theme in themes]
        self.form.is_valid()

    @property
    def show_value(self) -> str:
        """LATEST or one of SHOW_CHOICES."""
        return self.form.cleaned_data.get("show") or LATEST

    @property
    def is_narrowed(self) -> bool:
        """Whether an accepted theme leaves something out."""
        return bool(self.form.cleaned_data.get("theme"))

    def narrow(self, pages: PageQuerySet) -> PageQuerySet:
        """Those of `pages` that were asked for."""
        return self.filter_queryset(pages)

    def filter_theme(self, pages: PageQuerySet, _name: str, value: str) -> PageQuerySet:
        return pages.filter(theme=self._themes[value])

    def pick_list(self, pages: PageQuerySet, _name: str, _value: str) -> PageQuerySet:
        return pages
