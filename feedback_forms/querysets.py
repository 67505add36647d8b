"""Who may see which case. Every read of cases by staff begins here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models

from feedback_forms.choices import OPEN_CASE_STATES, CaseState

VIEW_CASES = "feedback_forms.view_case"
EVERY_UNIT = "feedback_forms.see_every_unit"


class CaseQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> CaseQuerySet:
        """The cases of the user's units; all of them for those who see every unit; none for anybody else."""
        if not user.is_active or not user.has_perm(VIEW_CASES):
            return self.none()
        if user.has_perm(EVERY_UNIT):
            return self.all()
        return self.filter(topic__unit__in=user.units.all())

    def untouched(self) -> CaseQuerySet:
        """Cases that nobody has taken yet."""
        return self.filter(state=CaseState.RECEIVED)

    def overdue(self, now: datetime) -> CaseQuerySet:
        """Open cases whose answer is late at `now`."""
        return self.filter(state__in=OPEN_CASE_STATES, due_at__lt=now)
