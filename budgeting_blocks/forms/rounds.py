"""The editor's form of a round."""

from __future__ import annotations

from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm

from budgeting_blocks.domain.phases import Kind, Window
from budgeting_blocks.models import Round
from budgeting_blocks.permissions import can_change_money, can_change_voting_time


class RoundForm(WagtailAdminModelForm):
    """Refuses, beside the field, what the freeze of the rules holds."""

    def is_valid(self) -> bool:
        return super().is_valid() and self._respects_the_vote()

    def _respects_the_vote(self) -> bool:
        stored = Round.objects.filter(pk=self.instance.pk, first_published_at__isnull=False).first()
        if stored is None:
            return True
        money = can_change_money(stored, self.cleaned_data["budget"])
        if not money:
            self.add_error("budget", money.reason)
        times = can_change_voting_time(stored, self._windows(), timezone.now())
        if not times:
            self.add_error(None, times.reason)
        return bool(money) and bool(times)

    def _windows(self) -> list[Window]:
        return [
            Window(Kind(data["kind"]), data["opens_at"], data["closes_at"])
            for form in self.formsets["phases"].forms
            if (data := getattr(form, "cleaned_data", None)) and data.get("kind") and not data.get("DELETE")
        ]
