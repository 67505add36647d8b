"""What the coordinator fills in about voting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from budgeting_blocks.services.codes import MAX_BATCH_SIZE


class CodeBatchForm(forms.Form):
    label = forms.CharField(
        label=_("Erän nimi"), max_length=80, help_text=_("Esimerkiksi ”Kirjeet, postinumero 05800” tai ”Pääkirjasto”.")
    )
    size = forms.IntegerField(label=_("Kuinka monta koodia"), min_value=1, max_value=MAX_BATCH_SIZE)


class PublishResultForm(forms.Form):
    decision = forms.CharField(
        label=_("Päätös"),
        max_length=300,
        help_text=_("Kuka vahvisti tuloksen ja milloin, esimerkiksi ”Kaupunginhallitus 22.4.2020 § 123”."),
    )


class CountForm(forms.Form):
    """Nothing to fill in; the button confirms."""
