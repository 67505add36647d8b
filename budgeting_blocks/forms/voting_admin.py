"""What the coordinator fills in about voting."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PublishResultForm(forms.Form):
    decision = forms.CharField(
        label=_("Päätös"),
        max_length=300,
        help_text=_("Kuka vahvisti tuloksen ja milloin, esimerkiksi ”Kaupunginhallitus 22.4.2020 § 123”."),
    )


class CountForm(forms.Form):
    """Nothing to fill in; the button confirms."""
