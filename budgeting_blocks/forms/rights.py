"""What a voter fills in to show who they are."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.common.forms import PublicForm

MAX_CODE_LENGTH = 40


class DraftForm(PublicForm, forms.Form):
    """Nothing to fill in: the choices of a ballot pass through."""


class DeclaringForm(PublicForm, forms.Form):
    """Asks for the voter's own word where no register vouches for them. `declaration`: the sentence, "" to leave it out."""

    def __init__(self, *args: Any, declaration: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if declaration:
            self.fields["declared"] = forms.BooleanField(
                label=declaration, error_messages={"required": _("Vahvista, että sinulla on oikeus äänestää.")}
            )


class CodeForm(PublicForm, forms.Form):
    submit_label = _("Jatka koodilla")

    code = forms.CharField(
        label=_("Äänestyskoodi"),
        max_length=MAX_CODE_LENGTH,
        help_text=_("Koodi on kirjeessä, lapussa tai sähköpostissa, jonka sait. Välit ja kirjainkoko eivät haittaa."),
        error_messages={"required": _("Kirjoita äänestyskoodi.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class MailForm(DeclaringForm):
    submit_label = _("Lähetä koodi sähköpostiin")

    email = forms.EmailField(
        label=_("Sähköpostiosoite"),
        max_length=254,
        help_text=_("Lähetämme koodin, joka kelpaa yhden kerran. Osoitetta ei tallenneta."),
        error_messages={"required": _("Kirjoita sähköpostiosoite."), "invalid": _("Tarkista sähköpostiosoite.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class TeacherForm(PublicForm, forms.Form):
    submit_label = _("Avaa luokka")

    code = forms.CharField(
        label=_("Opettajan koodi"),
        max_length=MAX_CODE_LENGTH,
        help_text=_("Koodin antaa koulullesi osallistuvan budjetoinnin koordinaattori."),
        error_messages={"required": _("Kirjoita opettajan koodi.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
