"""The forms with which residents support, follow and comment on a proposal, and report a comment."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from budgeting_blocks.choices import ReportKind
from cms.common.forms import PublicForm


class _ByMailForm(PublicForm, forms.Form):
    """What is confirmed by a link in a mail."""

    email = forms.EmailField(
        label=_("Sähköpostiosoitteesi"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class SupportForm(_ByMailForm):
    submit_label = _("Lähetä vahvistuslinkki")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["email"].help_text = _("Lähetämme linkin, jolla vahvistat kannatuksesi. Emme säilytä osoitettasi.")


class FollowForm(_ByMailForm):
    submit_label = _("Lähetä vahvistuslinkki")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["email"].help_text = _(
            "Ei näy muille. Saat viestin, kun ehdotus etenee. Jokaisessa viestissä on linkki, jolla lopetat seuraamisen."
        )


class CommentForm(_ByMailForm):
    submit_label = _("Lähetä kommentti")
    field_order = ["text", "name", "email"]

    text = forms.CharField(
        label=_("Kommentti"),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Näkyy kaikille, kun se on tarkistettu. Älä kirjoita tähän kenenkään henkilötietoja."),
    )
    name = forms.CharField(
        label=_("Nimi tai nimimerkki"), max_length=60, help_text=_("Näkyy kaikille kommentin yhteydessä.")
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["email"].help_text = _(
            "Ei näy muille, emmekä säilytä sitä. Saat linkin, jolla vahvistat kommenttisi."
        )

    def clean_name(self) -> str:
        """On one line."""
        return " ".join(self.cleaned_data["name"].split())


class ReportForm(PublicForm, forms.Form):
    submit_label = _("Lähetä ilmoitus")

    kind = forms.ChoiceField(
        label=_("Mikä kommentissa on vialla?"), choices=ReportKind.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Tarkennus"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Näkyy vain kommenttien tarkistajille."),
    )


class ConfirmForm(PublicForm, forms.Form):
    """Only a button: the link in the mail says the rest."""
