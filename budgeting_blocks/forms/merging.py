"""Forms of putting proposals together: the coordinator's and the authors'."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from budgeting_blocks.models import Proposal
from budgeting_blocks.services.merging import OBJECTION_DAYS
from cms.common.datehints import MOMENT
from cms.common.forms import PublicForm


def _usual_end() -> Any:
    """Midnight after the usual number of whole days."""
    day = timezone.localtime() + timedelta(days=OBJECTION_DAYS + 1)
    return day.replace(hour=0, minute=0, second=0, microsecond=0)


class MergeForm(forms.Form):
    """Which of the chosen proposals the others are merged into, and why."""

    target = forms.ModelChoiceField(
        label=_("Mihin ehdotukseen muut yhdistetään"),
        queryset=Proposal.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        help_text=_("Sen teksti jää näkyviin. Muiden osoitteet ohjaavat siihen."),
    )
    reason = forms.CharField(
        label=_("Miksi ehdotukset yhdistetään"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Näkyy kaikille."),
    )
    objection_until = forms.DateTimeField(
        label=_("Ehdottajat voivat vastustaa tähän asti"),
        widget=AdminDateTimeInput,
        initial=_usual_end,
        help_text=MOMENT,
    )

    def offer(self, proposals: Sequence[Proposal]) -> None:
        """Let one of these be the target."""
        field = self.fields["target"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (it is, above)
        field.queryset = Proposal.objects.filter(pk__in=[proposal.pk for proposal in proposals])


class ObjectionAnswerForm(forms.Form):
    """Why a merge stands although an author objects."""

    answer = forms.CharField(
        label=_("Miksi yhdistäminen jää voimaan"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Näkyy ehdottajalle."),
    )


class AnswerForm(PublicForm, forms.Form):
    """The author's answer to a question."""

    submit_label = _("Lähetä vastaus")
    answer = forms.CharField(
        label=_("Vastauksesi"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Vastauksen näkevät vain ehdotuksen arvioijat. Enintään 2000 merkkiä."),
    )


class ObjectionForm(PublicForm, forms.Form):
    """The author's objection to a merge."""

    submit_label = _("Vastusta yhdistämistä")
    text = forms.CharField(
        label=_("Miksi vastustat yhdistämistä"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Kaupunki lukee perustelusi ja vastaa niihin tai purkaa yhdistämisen."),
    )
