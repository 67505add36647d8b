"""What staff fill in about who may vote."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from budgeting_blocks.choices import AgeBand
from budgeting_blocks.services.classes import MAX_CLASS_SIZE
from budgeting_blocks.services.codes import MAX_BATCH_SIZE
from budgeting_blocks.services.persons import PersonKind
from budgeting_blocks.services.recipients import MAX_BYTES
from cms.common.formtokens import check_token, make_token


class KeyedForm(forms.Form):
    """Carries a key of its own, so that the same form sent twice makes one thing."""

    form_token = forms.CharField(widget=forms.HiddenInput, initial=make_token, required=False)

    @property
    def key(self) -> str:
        """Of a valid form; empty when it brought none."""
        return check_token(self.cleaned_data["form_token"]).key

    def clean_form_token(self) -> str:
        token: str = self.cleaned_data["form_token"]
        if token and not check_token(token).valid:
            raise forms.ValidationError(_("Lomake oli auki niin kauan, että se vanheni. Avaa se uudelleen."))
        return token


class CodeBatchForm(KeyedForm):
    label = forms.CharField(
        label=_("Erän nimi"), max_length=80, help_text=_("Esimerkiksi ”Kirjeet, postinumero 05800” tai ”Pääkirjasto”.")
    )
    size = forms.IntegerField(
        label=_("Kuinka monta koodia"),
        min_value=1,
        max_value=MAX_BATCH_SIZE,
        required=False,
        help_text=_("Jätä tyhjäksi, jos annat vastaanottajat tiedostona."),
    )
    recipients = forms.FileField(
        label=_("Vastaanottajat (CSV)"),
        required=False,
        help_text=_(
            "Sarakkeet ”tunnus” (henkilötunnus) ja halutessasi ”alue”. Muut sarakkeet, kuten nimi ja osoite, palaavat "
            "sellaisinaan koodin viereen. Mitään niistä ei tallenneta: tunnuksesta jää vain tiiviste, jolla sama "
            "henkilö tunnetaan, jos hän äänestää muulla tavalla."
        ),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        upload = data.get("recipients")
        if not upload and not data.get("size") and "size" not in self.errors:
            self.add_error("size", _("Kerro, montako koodia tarvitset, tai anna vastaanottajat."))
        if upload and upload.size > MAX_BYTES:
            self.add_error("recipients", _("Tiedosto on liian suuri."))
        return data


class ClassForm(KeyedForm):
    school = forms.CharField(label=_("Koulu"), max_length=60)
    label = forms.CharField(label=_("Luokka"), max_length=18, help_text=_("Esimerkiksi ”7B”."))
    size = forms.IntegerField(
        label=_("Oppilaita"),
        min_value=1,
        max_value=MAX_CLASS_SIZE,
        help_text=_("Luokka voi antaa enintään näin monta ääntä."),
    )
    age_band = forms.ChoiceField(label=_("Ikäryhmä"), choices=[("", _("ei kerrota")), *AgeBand.choices], required=False)


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("Miksi"), max_length=300, help_text=_("Esimerkiksi ”Kirjeet katosivat kuljetuksessa”.")
    )


class DeskForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Asiakirja"),
        choices=[
            (PersonKind.HETU.value, _("Henkilötunnus")),
            (PersonKind.DOCUMENT.value, _("Muu tunniste, esimerkiksi passin numero")),
        ],
        initial=PersonKind.HETU.value,
        widget=forms.RadioSelect,
    )
    identifier = forms.CharField(
        label=_("Tunnus"),
        max_length=40,
        help_text=_("Katso tunnus asiakirjasta. Sitä ei tallenneta."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    birth = forms.DateField(
        label=_("Syntymäaika"),
        required=False,
        help_text=_("Vain, jos tunnus ei ole henkilötunnus. Esimerkiksi 24.12.1990."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    resident = forms.BooleanField(label=_("Kotikunta on tarkistettu, ja se on tämä kunta"), required=False)
    checked = forms.BooleanField(
        label=_("Olen tarkistanut henkilöllisyyden kuvallisesta asiakirjasta"),
        error_messages={"required": _("Äänioikeuden voi antaa vain, kun henkilöllisyys on tarkistettu.")},
    )
