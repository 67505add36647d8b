"""The voting widget."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from budgeting_blocks.blocks.base import RoundStructBlock
from budgeting_blocks.models import Round
from cms.common.blocks.groups import PARTICIPATION


class VotingBlock(RoundStructBlock):
    """A round's ballot while its voting is open; before and after, when it opens, that it has closed, and the result."""

    heading = blocks.CharBlock(label=_("Otsikko"), required=False, max_length=120)
    intro = blocks.TextBlock(
        label=_("Johdanto"),
        required=False,
        max_length=500,
        help_text=_("Esimerkiksi kuka saa äänestää ja mistä koodin saa."),
    )
    round = SnippetChooserBlock(
        Round,
        label=_("Kierros"),
        help_text=_("Äänestys aukeaa ja sulkeutuu kierroksen päivien mukaan. Tulos näkyy, kun se on julkaistu."),
    )

    def get_preview_value(self) -> Any:
        round = Round(title=gettext("Osallistuva budjetointi"), slug="esimerkki", budget=20_000, live=True)
        return self.normalize(
            {"heading": gettext("Äänestä"), "intro": gettext("Äänestyskoodi tuli sinulle kirjeessä."), "round": round}
        )

    class Meta:
        icon = "check"
        label = _("Äänestys")
        group = PARTICIPATION
        description = _("Kierroksen äänestys: äänestyslippu, äänestyksen ajat ja lopuksi tulos.")
        template = "budgeting_blocks/blocks/voting.html"
