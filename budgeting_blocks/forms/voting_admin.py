"""What the coordinator fills in about voting."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from cms.common.datehints import DAY


class PublishResultForm(forms.Form):
    """The confirmation: the fields of `services.counting.Confirmation`."""

    body = forms.CharField(
        label=_("Toimielin tai viranhaltija"), max_length=120, help_text=_("Esimerkiksi ”Kaupunginhallitus”.")
    )
    date = forms.DateField(label=_("Päätöspäivä"), widget=AdminDateInput, help_text=DAY)
    section = forms.CharField(label=_("Pykälä"), max_length=40, help_text=_("Esimerkiksi ”§ 123”."))
    by = forms.CharField(
        label=_("Kuka vahvisti"),
        max_length=120,
        help_text=_("Tehtävä, ei nimeä: esimerkiksi ”kaupunginhallituksen puheenjohtaja”."),
    )
    eligible = forms.IntegerField(
        label=_("Äänioikeutettuja kaikkiaan"),
        required=False,
        min_value=1,
        max_value=10_000_000,
        help_text=_("Tästä lasketaan äänestysprosentti. Jätä tyhjäksi, jos lukua ei tiedetä: silloin sitä ei näytetä."),
    )


class CountForm(forms.Form):
    """Nothing to fill in; the button confirms."""


class LotCountForm(CountForm):
    """A round whose ties a lot decides."""

    lot_seed = forms.CharField(
        label=_("Arvan siemenluku"),
        max_length=200,
        help_text=_("Se, josta ennen äänestystä julkaistu tiiviste on laskettu. Siitä tulee osa tulosta."),
    )


class SealForm(forms.Form):
    """Nothing hinders the seal; the button confirms."""


class OverrideSealForm(SealForm):
    """Something hinders the seal, and the box is to be sealed all the same."""

    override_reason = forms.CharField(
        label=_("Miksi uurna sinetöidään silti"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Näkyy kaikille sinetin vieressä, ja jää lokiin nimesi kanssa."),
    )


class ImportForm(forms.Form):
    title = forms.CharField(label=_("Kierroksen nimi"), max_length=120)
    file = forms.FileField(label=_("Pabulib-tiedosto (.pb)"))
