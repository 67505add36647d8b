"""The coordinator's form of one assessment."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from budgeting_blocks.domain.screening import missing
from budgeting_blocks.services.screening import MISSING_MESSAGES


class ScreeningForm(WagtailAdminModelForm):
    """Tells all empty fields at once, each beside itself; the service checks the same again."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("state") and "reasons" in data:
            for field in missing(data["state"], cost=data.get("cost"), reasons=data["reasons"]):
                if field not in self.errors:
                    self.add_error(field, _(MISSING_MESSAGES[field]))
        return data

    def _get_validation_exclusions(self) -> set[str]:
        # The database's rules about these are told beside the fields already, in `clean`.
        return super()._get_validation_exclusions() | (set(self.errors) & {"cost", "reasons"})
