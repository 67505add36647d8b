"""What the coordinator does to several assessments at once: all of them, or none."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction

from budgeting_blocks.forms.merging import MergeForm
from budgeting_blocks.forms.screening import AssignForm
from budgeting_blocks.models import Screening
from budgeting_blocks.permissions.screening import can_assign_screening
from budgeting_blocks.permissions.words import NOT_YOURS
from budgeting_blocks.selectors.screening import visible_screenings
from budgeting_blocks.services.assessing import KEEP
from budgeting_blocks.services.assigning import assign_screenings
from budgeting_blocks.services.merging import merge_proposals
from cms.common.decision import Decision
from cms.common.errors import ServiceError

MOST = 500


class ScreeningBulkAction(BulkAction):
    """Works on the chosen rows of the board. One that the user may not see, or that is not there, refuses them all."""

    models = [Screening]
    template_name = "budgeting_blocks/admin/bulk_form.html"

    def allowed(self) -> Decision:
        raise NotImplementedError

    def carry_out(self, chosen: list[Screening], data: dict[str, Any]) -> str:
        """Call one service; returns what to say when it is done."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.allowed():
            raise PermissionDenied
        self.chosen = self._chosen()
        if not self.chosen:
            messages.error(request, gettext("Osaa valituista ehdotuksista ei löydy, joten mitään ei muutettu."))
            return redirect(reverse("budgeting_screening:index"))
        return super().dispatch(request, *args, **kwargs)

    def get_actionable_objects(self) -> tuple[list[Screening], dict[str, list[Screening]]]:
        return self.chosen, {"items_with_no_access": []}

    def form_valid(self, form: forms.Form) -> HttpResponseBase:
        try:
            done = self.carry_out(self.chosen, form.cleaned_data)
        except ServiceError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(self.request, done)
            return redirect(self.next_url)
        return self.form_invalid(form)

    def _chosen(self) -> list[Screening]:
        """The rows in the order of the board, or none when not all of them are there for this user."""
        texts = set(self.request.GET.getlist("id"))
        if not texts or len(texts) > MOST or not all(text.isascii() and text.isdecimal() for text in texts):
            return []
        ids = {int(text) for text in texts if len(text) < 19}
        found: QuerySet[Screening] = visible_screenings(self.request.user).filter(pk__in=ids)
        rows = list(found.select_related("proposal__round").order_by("pk"))
        return rows if len(rows) == len(texts) else []


class AssignAction(ScreeningBulkAction):
    display_name = _("Jaa arvioitavaksi")
    aria_label = _("Anna valituille yksikkö ja määräpäivä")
    action_type = "assign"
    action_priority = 10
    form_class = AssignForm

    def allowed(self) -> Decision:
        return can_assign_screening(self.request.user)

    def carry_out(self, chosen: list[Screening], data: dict[str, Any]) -> str:
        count = assign_screenings(
            screenings=[screening.pk for screening in chosen],
            unit=data["unit"] or KEEP,
            due_on=data["due_on"] or KEEP,
            user=self.request.user,
        )
        return ngettext("%(count)d ehdotus jaettiin.", "%(count)d ehdotusta jaettiin.", count) % {"count": count}


class MergeAction(ScreeningBulkAction):
    display_name = _("Yhdistä")
    aria_label = _("Yhdistä valitut ehdotukset yhdeksi")
    action_type = "merge"
    action_priority = 20
    form_class = MergeForm

    def allowed(self) -> Decision:
        allowed = self.request.user.has_perm("budgeting_blocks.add_proposalmerge")
        return Decision.yes() if allowed else Decision.no(gettext(NOT_YOURS))

    def get_form(self, form_class: type[forms.Form] | None = None) -> forms.Form:
        form = super().get_form(form_class)
        form.offer([screening.proposal for screening in self.chosen])
        return form

    def carry_out(self, chosen: list[Screening], data: dict[str, Any]) -> str:
        proposals = [screening.proposal for screening in chosen]
        made = merge_proposals(
            sources=[proposal for proposal in proposals if proposal != data["target"]],
            target=data["target"],
            reason=data["reason"],
            objection_until=data["objection_until"],
            user=self.request.user,
        )
        count = len(made) + 1
        return ngettext("%(count)d ehdotus yhdistettiin.", "%(count)d ehdotusta yhdistettiin.", count) % {
            "count": count
        }
