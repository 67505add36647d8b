"""Staff's forms of assessments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from budgeting_blocks.domain.screening import Answer, missing
from budgeting_blocks.models import Criterion, Pot, Screening
from budgeting_blocks.services.assessing import MISSING_MESSAGES, criterion_field
from cms.users.models import Unit

_MET = {"": None, "met": True, "unmet": False}


class ScreeningForm(WagtailAdminModelForm):
    """One assessment with the criteria of its round. Tells all empty fields at once, each beside itself; the service checks
    the same again."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        round_id = self.instance.proposal.round_id
        self.criteria = list(Criterion.objects.filter(round=round_id))
        stored = {finding.criterion_id: finding for finding in self.instance.findings.all()}
        for criterion in self.criteria:
            finding = stored.get(criterion.pk)
            met, reason = criterion_field(criterion.pk, "met"), criterion_field(criterion.pk, "reason")
            self.fields[met] = forms.ChoiceField(
                label=criterion.name,
                help_text=criterion.help_text,
                required=False,
                choices=[("", _("Ei vielä arvioitu")), ("met", _("Täyttyy")), ("unmet", _("Ei täyty"))],
                initial=("met" if finding.met else "unmet") if finding else "",
            )
            self.fields[reason] = forms.CharField(
                label=_("Perustelu: %(name)s") % {"name": criterion.name},
                required=False,
                max_length=300,
                initial=finding.reason if finding else "",
            )
        if "pot" in self.fields:
            self.fields["pot"].queryset = pots = Pot.objects.filter(round=round_id)
            if not pots:
                del self.fields["pot"]
        for name in {"unit", "pot"} & set(self.fields):
            self.fields[name].empty_label = _("Ei valittu")

    def criterion_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """For each criterion, whether it is met and why."""
        return [
            (self[criterion_field(criterion.pk, "met")], self[criterion_field(criterion.pk, "reason")])
            for criterion in self.criteria
        ]

    def findings(self) -> dict[int, Answer | None]:
        """What was said of each criterion; only of a valid form."""
        return {criterion.pk: self._answer(criterion.pk) for criterion in self.criteria}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("state") and "reasons" in data:
            for field in missing(data["state"], cost=data.get("cost"), reasons=data["reasons"]):
                if field not in self.errors:
                    self.add_error(field, _(MISSING_MESSAGES[field]))
        for criterion in self.criteria:
            answer = self._answer(criterion.pk)
            if answer is not None and not answer.met and not answer.reason.strip():
                self.add_error(criterion_field(criterion.pk, "reason"), _("Kerro, miksi kriteeri ei täyty."))
        return data

    def _answer(self, pk: int) -> Answer | None:
        met = _MET[self.cleaned_data.get(criterion_field(pk, "met")) or ""]
        return None if met is None else Answer(met, self.cleaned_data.get(criterion_field(pk, "reason")) or "")

    def _get_validation_exclusions(self) -> set[str]:
        # The database's rules about these are told beside the fields already, in `clean`.
        return super()._get_validation_exclusions() | (set(self.errors) & {"cost", "reasons"})


class AssignForm(forms.Form):
    """What several assessments get at once."""

    unit = forms.ModelChoiceField(
        label=gettext_lazy("Vastuuyksikkö"),
        queryset=Unit.objects.all(),
        required=False,
        empty_label=gettext_lazy("Ei muutu"),
    )
    due_on = forms.DateField(
        label=gettext_lazy("Määräpäivä"),
        required=False,
        widget=AdminDateInput,
        help_text=gettext_lazy("Tyhjä: määräpäivä ei muutu."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not (data.get("unit") or data.get("due_on")):
            raise forms.ValidationError(_("Valitse yksikkö, määräpäivä tai molemmat."))
        return data


class QuestionForm(forms.Form):
    """A question to the author."""

    text = forms.CharField(
        label=gettext_lazy("Kysymys ehdottajalle"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Ehdottaja saa linkin sähköpostiinsa ja vastaa omalla sivullaan."),
    )


class NoteForm(forms.Form):
    """A remark among staff."""

    text = forms.CharField(
        label=gettext_lazy("Muistiinpano"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Näkyy vain arvioijille."),
    )


class SheetForm(forms.Form):
    """The spreadsheet that comes back."""

    file = forms.FileField(
        label=gettext_lazy("Taulukko"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=gettext_lazy(
            "Luettelosta ladattu XLSX-tiedosto, johon muutokset on tehty. Mitään ei vielä tallenneta."
        ),
    )


def differences(form: ScreeningForm, stored: Screening) -> dict[str, str]:
    """By field, what somebody else has saved in place of what this form says."""
    found = {}
    for name in form.fields:
        if name in form.cleaned_data and hasattr(stored, name) and name != "version":
            value = getattr(stored, name)
            if (value or "") != (form.cleaned_data[name] or ""):
                label = stored.get_state_display() if name == "state" else value
                found[name] = str(label) if label not in (None, "") else _("tyhjä")
    return found
