"""The form with which staff enter a proposal that somebody made by phone, on paper or at a desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from budgeting_blocks.choices import ProposalSource
from budgeting_blocks.forms.proposals import CriteriaForm, DetailForm, IdeaForm
from budgeting_blocks.models import Round
from cms.common.datehints import DAY


class EnterForm(IdeaForm, DetailForm, CriteriaForm):
    """Everything on one page, with where it came from and the author's consent."""

    submit_label = _("Kirjaa ehdotus")
    field_order = [
        *(
            "source",
            "received_on",
            "late_note",
            "title",
            "summary",
            "theme",
            "description",
            "area",
            "place",
            "latitude",
            "longitude",
        ),
        *("photo", "photo_alt", "criteria", "email", "consent"),
    ]

    source = forms.ChoiceField(
        label=_("Mistä ehdotus tuli?"),
        choices=[choice for choice in ProposalSource.choices if choice[0] != ProposalSource.WEB],
        widget=forms.RadioSelect,
    )
    received_on = forms.DateField(label=_("Saapumispäivä"), widget=AdminDateInput, help_text=DAY)
    late_note = forms.CharField(
        label=_("Mistä näkee, että ehdotus saapui ajoissa?"),
        max_length=300,
        help_text=_("Esimerkiksi postileima, saapumisleima tai puhelun aika. Jää lokiin."),
    )
    email = forms.EmailField(
        label=_("Ehdottajan sähköpostiosoite"),
        max_length=254,
        required=False,
        help_text=_("Jos ehdottaja antaa sen, hän saa linkin, jolla seuraa ja muuttaa ehdotustaan."),
    )
    consent = forms.BooleanField(
        label=_("Ehdottaja on suostunut siihen, että ehdotus julkaistaan"),
        required=False,
        help_text=_("Kerro hänelle myös, että nimeä tai yhteystietoja ei julkaista."),
    )

    def __init__(self, *args: Any, round: Round, late: bool, **kwargs: Any) -> None:
        # The admin renders fields itself.
        super().__init__(*args, round=round, auto_id="id_%s", **kwargs)
        if not late:
            del self.fields["received_on"], self.fields["late_note"]
