"""The round block: whatever the round's date calls for."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from budgeting_blocks.blocks.base import RoundStructBlock, preview_round
from budgeting_blocks.models import Round
from cms.common.blocks.groups import PARTICIPATION


class RoundBlock(RoundStructBlock):
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

    def get_preview_value(self) -> Any:
        return self.normalize(
            {"heading": gettext("Osallistuva budjetointi"), "round": preview_round(), "show_rules": True}
        )

    class Meta:
        icon = "rotate"
        label = _("Kierros")
        group = PARTICIPATION
        description = _("Koko kierros yhdessä lohkossa: se näyttää päivän mukaan haun, äänestyksen tai tuloksen.")
        template = "budgeting_blocks/blocks/round.html"
