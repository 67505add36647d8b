"""The round block: whatever the round's date calls for."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from budgeting_blocks.blocks.proposal_gallery import require_published
from budgeting_blocks.models import Round
from cms.common.blocks.groups import PARTICIPATION


class RoundBlock(blocks.StructBlock):
    """A round from its call to its delivery: one block that an editor sets once."""

    heading = blocks.CharBlock(label=_("Otsikko"), required=False, max_length=120)
    round = SnippetChooserBlock(
        Round,
        label=_("Kierros"),
        help_text=_(
            "Lohko näyttää aina sen, mitä kierroksessa tapahtuu: ideahaun, arvioinnin, äänestyksen, laskennan, tuloksen "
            "ja toteutuksen. Esikatselussa voit katsoa sitä minä päivänä tahansa."
        ),
    )
    show_rules = blocks.BooleanBlock(label=_("Näytä säännöt"), required=False, default=True)

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if not self.is_deferred_validation:
            require_published(cleaned.get("round"))
        return cleaned

    def get_preview_value(self) -> Any:
        round = Round.objects.filter(live=True, proposals__live=True).first() or Round(
            title=_now("Osallistuva budjetointi"), slug="esimerkki", budget=50_000, live=True
        )
        return self.normalize({"heading": _now("Osallistuva budjetointi"), "round": round, "show_rules": True})

    class Meta:
        icon = "rotate"
        label = _("Kierros")
        group = PARTICIPATION
        description = _("Koko kierros yhdessä lohkossa: se näyttää päivän mukaan haun, äänestyksen tai tuloksen.")
        template = "budgeting_blocks/blocks/round.html"
