"""What the coordinator fills in about the rules of a round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from budgeting_blocks.choices import MeansKind, Strength
from budgeting_blocks.domain.freezing import Correction, Frozen
from budgeting_blocks.domain.rules import USUAL_STRENGTH
from budgeting_blocks.domain.rules import MeansKind as Means
from budgeting_blocks.forms import rule_help
from budgeting_blocks.models import IdentificationMeans, RuleSheet
from budgeting_blocks.permissions.words import euros_text
from budgeting_blocks.services.rehearsal import MOST_VOTERS, VOTERS

# Rules that a correction may change; what a ballot looks like has to be right from the start.
CORRECTABLE = ("threshold", "tie_rule", "leftover", "min_age", "residents_only")


class RuleSheetForm(forms.ModelForm):
    """The rule sheet, with a choice of strength for each means of identification."""

    class Meta:
        model = RuleSheet
        fields = [
            "ballot_kind",
            "ballot_scope",
            "min_choices",
            "max_choices",
            "max_points",
            "max_points_per_item",
            "min_age",
            "residents_only",
            "count_rule",
            "utility",
            "completion",
            "add1_stop",
            "increment",
            "threshold",
            "tie_rule",
            "leftover",
            "counts_upkeep",
            "upkeep_years",
            "decision_body",
            "decision_date",
            "decision_section",
            "decision_url",
        ]
        widgets = {"decision_date": AdminDateInput}
        help_texts = rule_help.HELP

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = {}
        if self.instance.pk:
            stored = {means.kind: means.strength for means in self.instance.means.all()}
        for kind in MeansKind:
            usual = Strength(USUAL_STRENGTH[Means(kind.value)])
            self.fields[f"means_{kind.value}"] = forms.ChoiceField(
                label=kind.label,
                choices=[("", _("Ei käytössä")), *((s.value, _("Käytössä: %s") % s.label) for s in Strength)],
                required=False,
                initial=stored.get(kind.value, ""),
                help_text=_("Tavallisesti: %s") % usual.label,
            )

    def groups(self) -> list[tuple[Any, list[tuple[forms.BoundField, str, str]]]]:
        """The fields under their headings, each with the field and the values of it without which it has no effect."""
        means = [f"means_{kind.value}" for kind in MeansKind]
        named = [(heading, means if fields is None else fields) for heading, fields in rule_help.GROUPS]
        return [
            (heading, [(self[name], *rule_help.NEEDED_WHEN.get(name, ("", ""))) for name in fields])
            for heading, fields in named
        ]

    def save_sheet(self) -> RuleSheet:
        """Store the sheet and its means."""
        sheet = self.save(commit=False)
        given = {kind.value: self.cleaned_data[f"means_{kind.value}"] for kind in MeansKind}
        sheet.means = [
            IdentificationMeans(kind=kind, strength=strength) for kind, strength in given.items() if strength
        ]
        sheet.save()
        return sheet


class FreezeForm(forms.Form):
    lot_seed = forms.CharField(
        label=_("Arvan siemen"),
        required=False,
        max_length=200,
        help_text=_(
            "Vain jos tasatilanteet ratkaisee arpa. Sanat tai luvut, jotka talletetaan suljettuun kuoreen. "
            "Siemenestä julkaistaan nyt tiiviste, ja siemen itse kirjoitetaan laskennassa."
        ),
    )

    def __init__(self, *args: Any, needs_seed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_seed:
            del self.fields["lot_seed"]


class CorrectionForm(forms.Form):
    """One published correction of frozen rules."""

    reason = forms.CharField(
        label=_("Syy"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Julkaistaan.")
    )
    withdrawn = forms.TypedMultipleChoiceField(
        label=_("Poistetaan äänestyksestä"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    priced = forms.TypedChoiceField(label=_("Hinta korjataan"), coerce=int, required=False, empty_value=None)
    cost = forms.IntegerField(label=_("Oikea hinta, €"), min_value=1, required=False)
    pot = forms.TypedChoiceField(label=_("Raha korjataan"), coerce=int, required=False, empty_value=None)
    money = forms.IntegerField(label=_("Oikea raha, €"), min_value=1, required=False)

    def __init__(self, *args: Any, frozen: Frozen, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.frozen = frozen
        titles = sorted((item.title, pk) for pk, item in frozen.items.items())
        items = [(pk, f"{title}, {euros_text(frozen.items[pk].cost)}") for title, pk in titles]
        pots = [(pot.key, f"{pot.name}, {euros_text(pot.budget)}") for pot in frozen.pots]
        self._offer("withdrawn", items)
        self._offer("priced", [("", _("Ei muutu")), *items])
        self._offer("pot", [("", _("Ei muutu")), *pots])
        for name in CORRECTABLE:
            field = RuleSheet._meta.get_field(name).formfield()
            field.initial = getattr(frozen.rules, name)
            self.fields[name] = field

    def _offer(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for chosen, amount in (("priced", "cost"), ("pot", "money")):
            if data.get(chosen) is not None and not data.get(amount) and not self.has_error(amount):
                self.add_error(amount, _("Kirjoita oikea summa."))
            if data.get(amount) and data.get(chosen) is None and not self.has_error(chosen):
                self.add_error(chosen, _("Valitse, mitä summa koskee."))
        return data

    def correction(self) -> Correction:
        """What was asked for, without what stays as it is."""
        data = self.cleaned_data
        rules = {name: data[name] for name in CORRECTABLE if data[name] != getattr(self.frozen.rules, name)}
        return Correction(
            withdrawn=frozenset(data["withdrawn"]),
            costs={data["priced"]: data["cost"]} if data["priced"] is not None else {},
            money={data["pot"]: data["money"]} if data["pot"] is not None else {},
            rules=rules,
        )


class RehearsalForm(forms.Form):
    voters = forms.IntegerField(label=_("Keksittyjä äänestäjiä"), min_value=1, max_value=MOST_VOTERS, initial=VOTERS)
