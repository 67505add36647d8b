"""The history of cases, in a log of its own: Wagtail's common one would show every handler the lines of every unit."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models.audit_log import BaseLogEntry, BaseLogEntryManager, LogEntryQuerySet

from feedback_forms.models.cases import Case


class CaseLogEntryManager(BaseLogEntryManager):
    def log_action(self, instance: Case, action: str, **kwargs: Any) -> CaseLogEntry:
        return super().log_action(instance, action, case=instance, **kwargs)

    def viewable_by_user(self, user: Any) -> LogEntryQuerySet:
        return self.filter(case__in=Case.objects.visible_to(user))

    def for_instance(self, instance: Case) -> LogEntryQuerySet:
        return self.filter(case=instance)


class CaseLogEntry(BaseLogEntry):
    """One act on a case. `data` holds states and topic names, never anything that a resident wrote."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="log_entries")

    objects = CaseLogEntryManager()

    class Meta(BaseLogEntry.Meta):
        abstract = False
        verbose_name = _("palautteen tapahtuma")
        verbose_name_plural = _("palautteiden tapahtumat")
        ordering = ["-timestamp", "-id"]

    @property
    def object_id(self) -> str:  # type: ignore[override]
        return str(self.case_id)
