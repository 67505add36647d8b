"""The forms with which residents make a proposal, step by step, and change it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from budgeting_blocks.models import Area, Criterion, Round, Theme
from budgeting_blocks.selectors.citymap import city_bounds
from budgeting_blocks.selectors.drafts import criteria_for_author, themes_of
from budgeting_blocks.services.photos import MAX_SIDE
from budgeting_blocks.services.proposals import ProposalText
from cms.common.forms import PublicForm
from cms.common.photofield import PhotoField

# What is kept of one field of a draft, however long and wrong; the forms' own limits are far below.
MAX_RAW = 8000


def plain(text: str) -> str:
    """What every database can keep: no NUL, no half of a pair of signs."""
    return text[:MAX_RAW].replace("\0", "").encode("utf-8", "replace").decode()


class CriteriaField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} – {obj.help_text}" if obj.help_text else obj.name


class ProposalStep(PublicForm, forms.Form):
    """Base of the steps: the round says which themes and criteria there are."""

    submit_label = _("Jatka")

    def __init__(self, *args: Any, round: Round | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if round is not None:
            self.use_round(round)

    def use_round(self, round: Round) -> None:
        """Ask what this round asks."""
        if "theme" in self.fields:
            self.fields["theme"].queryset = themes_of(round)  # type: ignore[attr-defined]
        if "criteria" in self.fields:
            criteria = criteria_for_author(round)
            self.fields["criteria"].queryset = criteria  # type: ignore[attr-defined]
            if not criteria.exists():
                del self.fields["criteria"]

    def typed(self) -> dict[str, Any]:
        """Every field but files as it was sent, right or wrong: what a draft keeps."""
        kept: dict[str, Any] = {}
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelMultipleChoiceField):
                kept[name] = [plain(value) for value in self.data.getlist(name)[:100]]  # type: ignore[attr-defined]
            elif not isinstance(field, forms.FileField):
                kept[name] = plain(str(self.data.get(name, "")))
        return kept

    def answers(self) -> list[tuple[str, str]]:
        """Label and answer of every field that is shown, for reading over; of a bound form."""
        shown = []
        for bound in self.visible_fields():
            if isinstance(bound.field, forms.FileField):
                continue
            value = getattr(self, "cleaned_data", {}).get(bound.name, bound.data)
            if isinstance(bound.field, forms.ModelMultipleChoiceField):
                text = ", ".join(str(record) for record in value or ()) or gettext("Ei merkittyjä")
            elif isinstance(bound.field, forms.ModelChoiceField):
                text = str(value or bound.field.empty_label)
            else:
                text = str(value or "")
            if text:
                shown.append((str(bound.label), text))
        return shown


class IdeaForm(ProposalStep):
    """The first step. The limits are the record's own."""

    title = forms.CharField(label=_("Otsikko"), max_length=100, help_text=_("Mitä ehdotat? Enintään 100 merkkiä."))
    summary = forms.CharField(
        label=_("Tiivistelmä"),
        max_length=280,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Yksi tai kaksi virkettä, jotka näkyvät luettelossa."),
    )
    theme = forms.ModelChoiceField(
        label=_("Teema"),
        queryset=Theme.objects.all(),
        empty_label=_("Valitse teema"),
        error_messages={"invalid_choice": _("Valitse teema luettelosta.")},
    )

    def clean_title(self) -> str:
        """On one line: it becomes the subject of the moderators' mail."""
        return " ".join(self.cleaned_data["title"].split())

    def offer(self, themes: Iterable[Theme]) -> None:
        """Show these in the menu, already read elsewhere; what is sent is still checked against the database."""
        field = self.fields["theme"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (it is, above)
        field.widget.choices = [("", field.empty_label), *((theme.pk, str(theme)) for theme in themes)]


class DetailForm(ProposalStep):
    """The second step: what, where, and a photo. `has_photo` when one is kept already."""

    description = forms.CharField(
        label=_("Kuvaus"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Mitä tehtäisiin, missä ja kenelle? Älä kirjoita tähän kenenkään henkilötietoja."),
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
        help_text=_("Osoite tai esimerkiksi katu, puisto tai rakennus."),
    )
    latitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    longitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    photo = PhotoField(
        label=_("Kuva"),
        required=False,
        max_side=MAX_SIDE,
        help_text=_(
            "JPEG, PNG tai WebP, enintään 8 megatavua. Kuvan sijainti- ja laitetiedot poistetaan. Kuvassa ei saa olla "
            "tunnistettavia ihmisiä ilman lupaa."
        ),
    )
    photo_alt = forms.CharField(
        label=_("Mitä kuvassa on?"),
        max_length=160,
        required=False,
        help_text=_("Kerro se niille, jotka eivät näe kuvaa."),
    )

    def __init__(self, *args: Any, has_photo: bool = False, **kwargs: Any) -> None:
        self.has_photo = has_photo
        super().__init__(*args, **kwargs)

    @property
    def remove_photo_id(self) -> str:
        """The id of the box that drops the kept photo."""
        return self.element_id("remove_photo")

    def wants_photo_removed(self) -> bool:
        return bool(self.data.get("remove_photo"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._clean_point(cleaned)
        photo_stays = self.has_photo and not self.wants_photo_removed()
        if (cleaned.get("photo") or photo_stays) and not cleaned.get("photo_alt") and "photo_alt" not in self.errors:
            self.add_error("photo_alt", gettext("Kerro lyhyesti, mitä kuvassa on."))
        return cleaned

    def _clean_point(self, cleaned: dict[str, Any]) -> None:
        """Errors of the hidden numbers stand beside the place, where one can mend them."""
        broken = [name for name in ("latitude", "longitude") if self.errors.pop(name, None)]
        point = cleaned.get("latitude"), cleaned.get("longitude")
        if not broken and point == (None, None):
            return
        if broken or None in point or not city_bounds().contains(*point):  # type: ignore[arg-type]
            message = gettext("Paikka ei ole kaupungin alueella. Merkitse se uudelleen tai poista merkki.")
            self.add_error("place", message)


class CriteriaForm(ProposalStep):
    """What the author says of the round's criteria."""

    criteria = CriteriaField(
        label=_("Mitkä näistä toteutuvat ehdotuksessasi?"),
        queryset=Criterion.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Voit lähettää ehdotuksen, vaikka et olisi varma. Kaupunki arvioi kriteerit vielä itse."),
        error_messages={"invalid_choice": _("Valitse kriteerit luettelosta.")},
    )


class AuthorForm(CriteriaForm):
    """The third step: the criteria, and how to reach the author."""

    email = forms.EmailField(
        label=_("Sähköpostiosoitteesi"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Ei näy muille. Saat siihen linkin, jolla seuraat ja muutat ehdotustasi."),
    )


class SendForm(PublicForm, forms.Form):
    """A button alone."""

    submit_label = _("Lähetä ehdotus")


class EditForm(IdeaForm, DetailForm, CriteriaForm):
    """All that the author may change later, on one page. `seen` is the revision that the form shows."""

    submit_label = _("Lähetä muutokset")
    field_order = [
        *("title", "summary", "theme", "description", "area", "place", "latitude", "longitude"),
        *("photo", "photo_alt", "criteria", "seen"),
    ]

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


def text_from(data: dict[str, Any]) -> ProposalText:
    """What the author wrote, from the cleaned data of all steps together."""
    area = data.get("area")
    return ProposalText(
        title=data["title"],
        summary=data["summary"],
        description=data["description"],
        theme=data["theme"].pk,
        area=area.pk if area else None,
        place=data.get("place", ""),
        latitude=data.get("latitude"),
        longitude=data.get("longitude"),
        criteria=tuple(criterion.pk for criterion in data.get("criteria") or ()),
    )
