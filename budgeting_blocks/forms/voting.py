"""The two steps of voting: choosing, and casting with a code. The draft travels in the form, never on the server."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from budgeting_blocks.domain.ballots import Choice, find_problem, total_cost
from budgeting_blocks.domain.freezing import PotShare
from budgeting_blocks.domain.rules import BallotKind
from budgeting_blocks.forms.ballots import ChoicesField
from budgeting_blocks.permissions.ballots import problem_text
from budgeting_blocks.selectors.shortlist import PICKED, joined, parse_ids
from budgeting_blocks.selectors.voting import BallotPaper, PaperItem
from budgeting_blocks.services.rights import declaration_text, find_held_right
from cms.common.forms import PublicForm

MAX_CODE_LENGTH = 40
MAX_SEARCH_LENGTH = 80


class BallotForm(PublicForm, forms.Form):
    """Step 1: what the voter chooses of the ballot `paper`."""

    submit_label = _("Tarkista valinnat")

    proposals = ChoicesField(label=_("Ehdotukset"), required=False)

    def __init__(
        self,
        *args: Any,
        paper: BallotPaper,
        chosen: Iterable[Choice] = (),
        picked: Iterable[int] = (),
        **kwargs: Any,
    ) -> None:
        """What a fresh form begins with: the choices, and the items of the voter's shortlist, which are marked."""
        super().__init__(*args, **kwargs)
        self.paper = paper
        self._begins_with = list(chosen)
        ids = parse_ids([str(self.data.get(PICKED, ""))]) if self.is_bound else picked
        self.picked = paper.costs.keys() & set(ids)
        self.fields["proposals"].widget.by_points = self.by_points  # type: ignore[attr-defined]
        # Without scripts the voter may ask to see a part of a long ballot; the other choices then travel hidden.
        self.search = "" if "show_all" in self.data else str(self.data.get("search", ""))[:MAX_SEARCH_LENGTH].strip()
        self.only_chosen, self.only_picked = "only_chosen" in self.data, "only_picked" in self.data

    def clean_proposals(self) -> list[Choice]:
        choices: list[Choice] = self.cleaned_data["proposals"]
        if problem := find_problem(choices, self.paper.frozen):
            raise forms.ValidationError(problem_text(problem), code=problem.fault)
        return choices

    @property
    def picked_ids(self) -> str:
        """The shortlist as it travels in addresses and forms."""
        return joined(sorted(self.picked))

    @property
    def is_narrowed(self) -> bool:
        """Whether only a part of the ballot is shown."""
        return bool(self.search or self.only_chosen or self.only_picked)

    @property
    def by_points(self) -> bool:
        return self.paper.rules.ballot_kind is BallotKind.POINTS

    @property
    def by_money(self) -> bool:
        return self.paper.rules.ballot_kind is BallotKind.KNAPSACK

    @cached_property
    def given(self) -> Mapping[int, int]:
        """What was chosen, good or not, so that nothing chosen is lost with an error: points by item."""
        choices = self["proposals"].data if self.is_bound else self._begins_with
        return {choice.item: choice.points for choice in choices if choice.item in self.paper.costs}

    @property
    def chosen_ids(self) -> frozenset[int]:
        return frozenset(self.given)

    @property
    def chosen(self) -> list[PaperItem]:
        """The chosen items in the paper's order."""
        return self.paper.chosen(self.given)

    @property
    def pots(self) -> list[tuple[PotShare, list[tuple[str, list[PaperItem]]]]]:
        """What is shown: each pot of the paper with its items by theme, as far as the voter's search lets them through."""
        words = self.search.casefold().split()
        shown: dict[int, dict[str, list[PaperItem]]] = {pot.key: {} for pot in self.paper.pots}
        for item in self.paper.items:
            hit = (
                all(word in item.title.casefold() for word in words)
                and (not self.only_chosen or item.pk in self.given)
                and (not self.only_picked or item.pk in self.picked)
            )
            if hit and item.pot in shown:
                shown[item.pot].setdefault(item.theme, []).append(item)
        return [(pot, list(shown[pot.key].items())) for pot in self.paper.pots]

    @property
    def hidden(self) -> list[PaperItem]:
        """What is chosen and not shown."""
        shown = {item.pk for _pot, themes in self.pots for _theme, items in themes for item in items}
        return [item for item in self.chosen if item.pk not in shown]

    @property
    def chosen_by_pot(self) -> list[tuple[PotShare, list[PaperItem], int]]:
        """Each pot with what was chosen of it, and the euros that are left of it."""
        found = []
        for pot in self.paper.pots:
            if items := [item for item in self.chosen if item.pot == pot.key]:
                found.append((pot, items, pot.budget - sum(item.cost for item in items)))
        return found

    @property
    def spent(self) -> int:
        """What the chosen items cost together, in euros."""
        return total_cost(self.given, self.paper.costs)

    @property
    def points_given(self) -> int:
        return sum(points for points in self.given.values() if points > 0)

    @property
    def left(self) -> int:
        """The money left; negative when the ballot is overspent."""
        return self.paper.budget - self.spent


class CastForm(BallotForm):
    """Step 2: the reviewed choices and the voting code."""

    submit_label = _("Anna ääni")

    code = forms.CharField(
        label=_("Äänestyskoodi"),
        max_length=MAX_CODE_LENGTH,
        help_text=_("Koodissa on 12 merkkiä, esimerkiksi muotoa 7KQD-M2XA-93TB. Välit ja kirjainkoko eivät haittaa."),
        error_messages={"required": _("Kirjoita äänestyskoodi.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if declaration := declaration_text(self.paper.rules):
            self.fields["declared"] = forms.BooleanField(label=declaration, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "declared" in self.fields and not data["declared"]:
            right = find_held_right(self.paper.round, data.get("code", ""), timezone.now())
            if right is not None and right.declares:
                self.add_error("declared", _("Vahvista, että sinulla on oikeus äänestää."))
        return data
