"""What applicants fill in."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.common.forms import PublicForm
from participation_pages.panels.choices import ANSWER_MESSAGES, DECLINED_LABEL
from participation_pages.panels.domain.answers import AnswerProblem
from participation_pages.panels.models import Panel, PanelFeature
from participation_pages.panels.selectors import features_of

DECLINED = "declined"
MOST_RADIO_BUTTONS = 5
_PHONE = re.compile(r"\+?[0-9][0-9 ()\-]{4,28}")


def field_name(feature: PanelFeature, position: int = 0) -> str:
    """The form field of a feature; by its own number, so that a foreign feature has no field. A draft has only positions."""
    return f"feature-{feature.pk or f'draft{position}'}"


def _feature_labels(feature: PanelFeature) -> dict[str, str | None]:
    """What each posted value means."""
    labels: dict[str, str | None] = {
        str(value.pk or f"draft{n}"): value.label for n, value in enumerate(feature.values.all())
    }
    return labels | {DECLINED: None} if feature.may_decline else labels


def _feature_field(feature: PanelFeature, labels: dict[str, str | None]) -> forms.ChoiceField:
    choices = [(key, DECLINED_LABEL if label is None else label) for key, label in labels.items()]
    few = len(choices) <= MOST_RADIO_BUTTONS
    return forms.ChoiceField(
        label=feature.label,
        # The site's field template trusts help texts, as Django's own does; an editor's words are not HTML.
        help_text=mark_safe(escape(feature.help_text)),  # noqa: S308
        choices=choices if few else [("", _("Valitse")), *choices],
        widget=forms.RadioSelect if few else forms.Select,
        error_messages={
            "required": ANSWER_MESSAGES[AnswerProblem.MISSING],
            "invalid_choice": ANSWER_MESSAGES[AnswerProblem.UNKNOWN_VALUE],
        },
    )


class ApplicationForm(PublicForm, forms.Form):
    """An application to `panel`: its features, a way to be invited, and two promises."""

    submit_label = _("Lähetä hakemus")
    email = forms.EmailField(
        label=_("Sähköposti"),
        required=False,
        max_length=254,
        help_text=_("Lähetämme vahvistuksen heti ja kutsun, jos tulet valituksi."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Kirjoita sähköposti muodossa nimi@esimerkki.fi.")},
    )
    phone = forms.CharField(
        label=_("Puhelin"),
        required=False,
        max_length=30,
        help_text=_("Jos sinulla ei ole sähköpostia, soitamme sinulle."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    of_age = forms.BooleanField(label=_("Täytän raadin alaikärajan"))
    consent = forms.BooleanField(
        label=_("Tietojani saa käyttää raadin jäsenten arpomiseen ja kutsumiseen"),
        help_text=_(
            "Hakemuksen näkevät vain raadin järjestäjät. Tiedot poistetaan puolen vuoden päästä haun päättymisestä."
        ),
        error_messages={"required": _("Hakemusta ei voi ottaa vastaan ilman suostumustasi.")},
    )

    def __init__(self, *args: Any, panel: Panel, **kwargs: Any) -> None:
        self.panel = panel
        self.features = {field_name(feature, n): feature for n, feature in enumerate(features_of(panel))}
        self.labels = {name: _feature_labels(feature) for name, feature in self.features.items()}
        super().__init__(*args, **kwargs)
        own = {name: _feature_field(feature, self.labels[name]) for name, feature in self.features.items()}
        common = dict(self.fields)
        if panel.minimum_age:
            age = {"age": panel.minimum_age}
            common["of_age"].label = gettext("Olen täyttänyt %(age)d vuotta") % age
            common["of_age"].error_messages["required"] = gettext("Hakijan on oltava vähintään %(age)d-vuotias.") % age
        else:
            del common["of_age"]
        self.fields = {**own, **common}
        for field in self.fields.values():
            field.widget.use_required_attribute = lambda _initial: False  # type: ignore[method-assign]

    def clean_phone(self) -> str:
        phone = " ".join(self.cleaned_data["phone"].split())
        if phone and not _PHONE.fullmatch(phone):
            raise ValidationError(gettext("Kirjoita puhelinnumero numeroin, esimerkiksi 040 123 4567."))
        return phone

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not {"email", "phone"} & self.errors.keys() and not cleaned.get("email") and not cleaned.get("phone"):
            self.add_error("email", gettext("Kirjoita sähköposti tai puhelinnumero, jotta voimme kutsua sinut."))
        return cleaned

    def answers(self) -> dict[str, str | None]:
        """Valid answers by feature label, None for "I'd rather not say"."""
        return {feature.label: self.labels[name][self.cleaned_data[name]] for name, feature in self.features.items()}


class WithdrawForm(PublicForm, forms.Form):
    """Takes an application back with the code from its receipt."""

    submit_label = _("Peru hakemus")

    code = forms.CharField(
        label=_("Hakemuksen tunnus"),
        max_length=40,
        help_text=_("Tunnus on kuittauksessa, jonka sait hakiessasi. Isoilla ja pienillä kirjaimilla ei ole väliä."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Kirjoita hakemuksen tunnus.")},
    )
