"""The form with which a resident makes a proposal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from budgeting_blocks.models import Area, Theme
from budgeting_blocks.services.proposals import ProposalText
from cms.common.forms import PublicForm


class ProposalForm(PublicForm, forms.Form):
    """The limits are the record's own."""

    submit_label = _("Lähetä ehdotus")

    title = forms.CharField(label=_("Otsikko"), max_length=100, help_text=_("Mitä ehdotat? Enintään 100 merkkiä."))
    summary = forms.CharField(
        label=_("Tiivistelmä"),
        max_length=280,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Yksi tai kaksi virkettä, jotka näkyvät luettelossa."),
    )
    description = forms.CharField(
        label=_("Kuvaus"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Mitä tehtäisiin, missä ja kenelle? Älä kirjoita tähän kenenkään henkilötietoja."),
    )
    theme = forms.ModelChoiceField(
        label=_("Teema"),
        queryset=Theme.objects.all(),
        empty_label=_("Valitse teema"),
        error_messages={"invalid_choice": _("Valitse teema luettelosta.")},
    )
    area = forms.ModelChoiceField(
        label=_("Alue"),
        queryset=Area.objects.all(),
        required=False,
        empty_label=_("Koko kaupunki"),
        error_messages={"invalid_choice": _("Valitse alue luettelosta.")},
    )
    place = forms.CharField(
        label=_("Paikka"),
        max_length=160,
        required=False,
        help_text=_("Esimerkiksi katu, puisto tai rakennus."),
    )
    email = forms.EmailField(
        label=_("Sähköpostiosoitteesi"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Ei näy muille. Saat siihen linkin, jolla seuraat ehdotustasi."),
    )

    def clean_title(self) -> str:
        """On one line: it becomes the subject of the moderators' mail."""
        return " ".join(self.cleaned_data["title"].split())

    def offer(self, themes: Iterable[Theme], areas: Iterable[Area]) -> None:
        """Show these in the menus, already read elsewhere; what is sent is still checked against the database."""
        for name, records in (("theme", themes), ("area", areas)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (both are, above)
            field.widget.choices = [("", field.empty_label), *((record.pk, str(record)) for record in records)]

    def text(self) -> ProposalText:
        """What the author wrote; only of a valid form."""
        data: dict[str, Any] = self.cleaned_data
        return ProposalText(
            title=data["title"],
            summary=data["summary"],
            description=data["description"],
            theme=data["theme"].pk,
            area=data["area"].pk if data["area"] else None,
            place=data["place"],
        )
