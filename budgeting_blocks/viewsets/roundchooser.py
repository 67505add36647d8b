"""The chooser of rounds for blocks and pages: real rounds only, a rehearsal is never shown to residents."""

from __future__ import annotations

from django.db.models import QuerySet
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet

from budgeting_blocks.models import Round


class _RealRounds:
    def get_object_list(self) -> QuerySet[Round]:
        """All that may be chosen."""
        return super().get_object_list().filter(rehearsal_of=None)  # type: ignore[misc]


class RoundChooseView(_RealRounds, ChooseView):
    """The modal."""


class RoundChooseResultsView(_RealRounds, ChooseResultsView):
    """Its list, searched and paged."""


class RoundChooserViewSet(SnippetChooserViewSet):
    choose_view_class = RoundChooseView
    choose_results_view_class = RoundChooseResultsView
