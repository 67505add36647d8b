"""What the paper desk types."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from budgeting_blocks.choices import VoidReason


class PaperBatchForm(forms.Form):
    label = forms.CharField(label=_("Paikka tai erän nimi"), max_length=80)
    printed = forms.IntegerField(label=_("Lippuja annettu paikkaan"), min_value=0, max_value=100_000, initial=0)
    unused = forms.IntegerField(label=_("Lippuja palautettu käyttämättä"), min_value=0, max_value=100_000, initial=0)
    received = forms.IntegerField(
        label=_("Kuoria saapunut"), min_value=1, max_value=5000, help_text=_("Laske kuoret ennen kuin avaat yhtään.")
    )


class EnvelopeForm(forms.Form):
    handled = forms.IntegerField(widget=forms.HiddenInput)
    code = forms.CharField(
        label=_("Kuoren koodi"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True, "spellcheck": "false"}),
    )


class MarksForm(forms.Form):
    marks = forms.CharField(
        label=_("Valittujen ehdotusten numerot"),
        max_length=4000,
        required=False,
        help_text=_("Esimerkiksi 3 7 12. Jos lipussa annetaan pisteitä: 3=5 7=2. Enter tallentaa."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    void_reason = forms.ChoiceField(
        label=_("Hylkäyksen syy"), choices=[("", _("Lippu on hyväksyttävä")), *VoidReason.choices], required=False
    )


class SheetForm(MarksForm):
    number = forms.IntegerField(
        label=_("Lippuun leimattu numero"), min_value=1, widget=forms.NumberInput(attrs={"autocomplete": "off"})
    )

    field_order = ("number", "marks", "void_reason")


class DecisionForm(MarksForm):
    decision_reason = forms.CharField(label=_("Miksi näin"), max_length=300)
