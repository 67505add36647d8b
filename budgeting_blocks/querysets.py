"""Reads of proposals that several modules share."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from budgeting_blocks.choices import ScreeningState
from budgeting_blocks.domain.folding import search_words


class ProposalQuerySet(models.QuerySet):
    """Chainable filters; `public()` is the only one that decides what residents may see."""

    def public(self) -> Self:
        """Published proposals of published rounds."""
        return self.filter(live=True, round__live=True)

    def published_in(self, round: models.Model) -> Self:
        """The round's published proposals. Whether the round itself is public is for the caller to check."""
        return self.filter(round=round, live=True)

    def with_details(self) -> Self:
        """With all that a card or page shows, in the same query."""
        return self.select_related("theme", "area", "screening")

    def with_support(self) -> Self:
        """With `support_count`, reckoned for each row: for the few that a page shows."""
        supports: Any = self.model._meta.get_field("supports").related_model
        mine = supports.objects.filter(proposal=OuterRef("pk")).order_by().values("proposal")
        count = Subquery(mine.annotate(count=Count("pk")).values("count"), output_field=models.IntegerField())
        return self.annotate(support_count=Coalesce(count, 0))

    def in_state(self, state: str) -> Self:
        """By screening state; a proposal that nobody has assessed yet has no record of it."""
        condition = Q(screening__state=state)
        if state == ScreeningState.NOT_ASSESSED:
            condition |= Q(screening=None)
        return self.filter(condition)

    def containing(self, query: str) -> Self:
        """Those whose texts contain every word of the query, in any case and place."""
        found = self
        for word in search_words(query):
            found = found.filter(search_text__contains=word)
        return found

    def awaiting_moderation(self) -> Self:
        """In moderation now, or sent in while the site had no workflow and never looked at."""
        return self.filter(
            Q(workflow_states__status="in_progress")
            | Q(workflow_states=None, live=False, first_published_at=None, expired=False)
        ).distinct()


class CommentQuerySet(models.QuerySet):
    """Chainable filters of comments."""

    def shown(self) -> Self:
        """What stands under a proposal: public comments, and the notes of those that were hidden."""
        return self.filter(Q(live=True) | (Q(first_published_at__isnull=False) & ~Q(hidden_note="")))

    def confirmed(self) -> Self:
        """Those whose senders have shown that the address is theirs; nobody else's words reach the moderators."""
        return self.filter(confirmed_at__isnull=False)

    def awaiting_moderation(self) -> Self:
        """In moderation now, or confirmed while the site had no workflow and never looked at."""
        return (
            self.confirmed()
            .filter(
                Q(workflow_states__status="in_progress")
                | Q(workflow_states=None, live=False, first_published_at=None, expired=False)
            )
            .distinct()
        )

    def reported(self) -> Self:
        """Those that somebody has reported and no moderator has looked at since."""
        return self.filter(reports__handled_at=None, reports__isnull=False).distinct()
