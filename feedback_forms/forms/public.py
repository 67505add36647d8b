"""The residents' forms: give feedback, and follow it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.html import escape
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.common.forms import PublicForm
from cms.common.photofield import PhotoField
from cms.common.photos import CleanPhoto
from feedback_forms.choices import CaseKind, PlaceRule
from feedback_forms.domain.codes import CODE_SIGNS
from feedback_forms.models import Topic
from feedback_forms.models.cases import TEXT_MAX_LENGTH
from feedback_forms.services import hold_photo, release_held_photo, take_held_photo


class TopicField(forms.ModelChoiceField):
    def to_python(self, value: Any) -> Topic | None:
        try:
            return super().to_python(value)
        except ValidationError as error:
            raise ValidationError(
                gettext("Tähän aiheeseen ei enää oteta palautetta. Valitse toinen aihe."), code="invalid_choice"
            ) from error


class FeedbackForm(PublicForm, forms.Form):
    """Gives feedback. Which topics it accepts is the installation's; which it shows is the block's (`show_topics`)."""

    kind = forms.ChoiceField(
        label=_("Millaista palautetta annat?"), choices=CaseKind.choices, widget=forms.RadioSelect()
    )
    topic = TopicField(label=_("Aihe"), queryset=Topic.objects.none(), empty_label=_("Valitse aihe"))
    text = forms.CharField(
        label=_("Palautteesi"),
        max_length=TEXT_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Älä kirjoita henkilötunnusta tai muiden ihmisten henkilötietoja."),
    )
    place = forms.CharField(label=_("Paikka"), max_length=200, required=False)
    photo = PhotoField(
        label=_("Kuva"),
        required=False,
        help_text=_("JPEG, PNG tai WebP, enintään 8 megatavua. Kuvan sijainti- ja laitetiedot poistetaan."),
    )
    wants_answer = forms.BooleanField(label=_("Haluan vastauksen sähköpostiini"), required=False)
    email = forms.EmailField(
        label=_("Sähköpostiosoite"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Käytetään vain vastaamiseen. Osoitetta ei julkaista."),
    )
    consent_to_publish = forms.BooleanField(
        label=_("Palautteeni ja vastauksen saa julkaista"),
        required=False,
        help_text=_("Tarkistamme tekstin ennen julkaisua. Nimeä tai yhteystietoja ei julkaista."),
    )

    submit_label = _("Lähetä palaute")

    def __init__(self, *args: Any, photos_allowed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = Topic.objects.active()  # type: ignore[attr-defined]
        if not photos_allowed:
            self.files = MultiValueDict()
        self.held_photo = ""
        self.show_topics(list(Topic.objects.active()))

    @property
    def held_photo_id(self) -> str:
        """The id of the box that drops the held photo."""
        return str(self.auto_id) % "remove_photo"

    def show_topics(self, topics: Iterable[Topic]) -> None:
        """Offer only these topics; one that was chosen already stays chosen."""
        shown = list(topics)
        choices = [(topic.pk, topic.name) for topic in shown]
        field = self.fields["topic"]
        field.widget.choices = [("", field.empty_label), *choices]  # type: ignore[attr-defined]
        # For the script that hides the field where the topic has no use for it.
        self.place_rules_json = json.dumps({str(topic.pk): topic.place_rule for topic in shown})
        demanding = [str(escape(topic.name)) for topic in shown if topic.place_rule == PlaceRule.REQUIRED]
        hint = gettext("Osoite, risteys tai muu kuvaus.")
        if demanding:
            hint += " " + gettext("Pakollinen, kun aihe on %(topics)s.") % {
                "topics": get_text_list(demanding, gettext("tai"))
            }
        self.fields["place"].help_text = hint

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        held = self.data.get("held_photo", "")
        if self.data.get("remove_photo"):
            release_held_photo(held)
            held = ""
        if held and not cleaned.get("photo") and "photo" not in self.errors:
            cleaned["photo"] = take_held_photo(held)
            if cleaned["photo"] is None:
                self.add_error("photo", gettext("Aiemmin valitsemasi kuva ei ole enää tallessa. Valitse se uudelleen."))
        return cleaned

    def keep_photo(self) -> None:
        """Hold a good photo over the errors of the other fields, so that it need not be chosen again."""
        photo = self.cleaned_data.get("photo")
        if isinstance(photo, CleanPhoto):
            release_held_photo(self.data.get("held_photo", ""))
            self.held_photo = hold_photo(photo)


class FollowForm(PublicForm, forms.Form):
    """Opens one's own feedback by its code."""

    code = forms.CharField(
        label=_("Seurantakoodi"),
        max_length=3 * CODE_SIGNS,
        help_text=_("Koodi on muotoa ABCD-2345-EFGH. Sait sen, kun lähetit palautteen."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    submit_label = _("Näytä palaute")
