"""The filters of the inbox and of the public list."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from cms.common.forms import PublicFormRenderer
from feedback_forms.choices import OPEN_CASE_STATES, CaseKind, CaseState
from feedback_forms.models import Case, PublicFeedback, Topic
from feedback_forms.querysets import EVERY_UNIT

DUE_CHOICES = [("overdue", _("Myöhässä")), ("today", _("Tänään")), ("open", _("Kaikki avoimet"))]


def _topics_of(request: Any) -> QuerySet[Topic]:
    if request is None:
        return Topic.objects.none()
    if request.user.has_perm(EVERY_UNIT):
        return Topic.objects.all()
    return Topic.objects.filter(unit__in=request.user.units.all())


class CaseFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=_("Tila"), choices=CaseState.choices, empty_label=_("Kaikki"))
    due = django_filters.ChoiceFilter(
        label=_("Määräaika"), choices=DUE_CHOICES, method="filter_due", empty_label=_("Kaikki")
    )
    kind = django_filters.ChoiceFilter(label=_("Laji"), choices=CaseKind.choices, empty_label=_("Kaikki"))
    topic = django_filters.ModelChoiceFilter(label=_("Aihe"), queryset=_topics_of, empty_label=_("Kaikki"))

    class Meta:
        model = Case
        fields = ["state", "due", "kind", "topic"]

    def filter_due(self, queryset: QuerySet[Case], _name: str, value: str) -> QuerySet[Case]:
        now = timezone.now()
        open_cases = queryset.filter(state__in=OPEN_CASE_STATES)
        if value == "overdue":
            return open_cases.filter(due_at__lt=now)
        if value == "today":
            end_of_day = timezone.localtime(now).replace(hour=23, minute=59, second=59, microsecond=999_999)
            return open_cases.filter(due_at__range=(now, end_of_day))
        return open_cases


class PublicFeedbackFilterSet(django_filters.FilterSet):
    """The public list by topic. `topics`: (slug, name) of those to offer; the prefix keeps two lists of a page apart."""

    class Meta:
        model = PublicFeedback
        fields: list[str] = []

    def __init__(self, *args: Any, topics: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["topic"] = django_filters.ChoiceFilter(
            field_name="topic__slug",
            label=_("Aihe"),
            choices=topics,
            empty_label=_("Kaikki aiheet"),
            widget=forms.Select(attrs={"autocomplete": "off"}),
        )
        self.filters["topic"].parent = self
        self.filters["topic"].model = PublicFeedback

    @property
    def form(self) -> forms.Form:
        form = super().form
        form.renderer = PublicFormRenderer()
        form.label_suffix = ""
        return form
