"""The page of a round of participatory budgeting."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.common.clock import shown_now
from cms.common.pagecache import valid_until
from participation_pages.body import BodyPage
from participation_pages.budgeting.domain import step_state
from participation_pages.dates import written_days
from participation_pages.spans import next_change


class BudgetingPage(BodyPage):
    """A round's own page: the round's phases as steps above the body, which holds gallery, voting and the rest."""

    round = models.ForeignKey(
        "budgeting_blocks.Round",
        verbose_name=_("kierros"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Kierroksen vaiheet näkyvät sivun alussa, kun kierros on julkaistu."),
    )

    content_panels = [*BodyPage.content_panels[:-1], FieldPanel("round"), FieldPanel("body")]

    class Meta:
        verbose_name = _("osallistuvan budjetoinnin sivu")
        verbose_name_plural = _("osallistuvan budjetoinnin sivut")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds `shown_round` (the round when it is published) and `steps` for its phases; tells the cache when they turn."""
        context = super().get_context(request, *args, **kwargs)
        shown = self.round if self.round is not None and self.round.live else None
        context["shown_round"], context["steps"] = shown, []
        if shown is not None:
            now = shown_now(request)
            phases = list(shown.phases.all())
            context["steps"] = [
                {
                    "title": phase.get_kind_display(),
                    "date": written_days(phase.opens_at, phase.closes_at),
                    "state": step_state(phase.opens_at, phase.closes_at, now),
                }
                for phase in phases
            ]
            valid_until(request, next_change([(phase.opens_at, phase.closes_at) for phase in phases], now))
        return context
