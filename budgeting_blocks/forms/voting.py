"""The two steps of voting: choosing, and casting with a code. The draft travels in the form, never on the server."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from budgeting_blocks.domain.ballots import find_problem, total_cost
from budgeting_blocks.models import Proposal
from budgeting_blocks.selectors.voting import BallotPaper
from budgeting_blocks.services.rights import declaration_text, find_held_right
from budgeting_blocks.services.voting import problem_text
from cms.common.forms import PublicForm

MAX_CODE_LENGTH = 40


class ProposalIdsField(forms.MultipleChoiceField):
    """Ids as posted. Whether they are good is for the ballot's rules to say, so that each fault has its own message."""

    def validate(self, value: list[str]) -> None:
        """Nothing here; see `BallotForm.clean_proposals`."""

    def to_python(self, value: Any) -> list[int]:  # type: ignore[override]
        # 0 is no proposal's id, so anything that is not a number is refused as something that is not on the ballot.
        return [int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0 for text in value or ()]


class BallotForm(PublicForm, forms.Form):
    """Step 1: what the voter chooses of the ballot `paper`."""

    submit_label = _("Tarkista valinnat")

    proposals = ProposalIdsField(label=_("Ehdotukset"), required=False)

    def __init__(self, *args: Any, paper: BallotPaper, chosen: Iterable[int] = (), **kwargs: Any) -> None:
        """`chosen`: ids that a fresh form begins with."""
        super().__init__(*args, **kwargs)
        self.paper = paper
        self._begins_with = frozenset(chosen)

    def clean_proposals(self) -> list[int]:
        choices: list[int] = self.cleaned_data["proposals"]
        if problem := find_problem(choices, self.paper.costs, self.paper.budget):
            raise forms.ValidationError(problem_text(problem), code=problem.fault)
        return choices

    @cached_property
    def chosen_ids(self) -> frozenset[int]:
        """What was chosen, good or not, so that nothing chosen is lost with an error."""
        if not self.is_bound:
            return self._begins_with & self.paper.costs.keys()
        field: ProposalIdsField = self.fields["proposals"]  # type: ignore[assignment]
        ids = frozenset(field.to_python(self["proposals"].data))
        return ids & self.paper.costs.keys()

    @property
    def chosen(self) -> list[Proposal]:
        """The chosen items in the paper's order."""
        return self.paper.chosen(self.chosen_ids)

    @property
    def spent(self) -> int:
        """What the chosen items cost together, in euros."""
        return total_cost(self.chosen_ids, self.paper.costs)

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
        if declaration := declaration_text(self.paper.round):
            self.fields["declared"] = forms.BooleanField(label=declaration, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "declared" in self.fields and not data["declared"]:
            right = find_held_right(self.paper.round, data.get("code", ""), timezone.now())
            if right is not None and right.declares:
                self.add_error("declared", _("Vahvista, että sinulla on oikeus äänestää."))
        return data
