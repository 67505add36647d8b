"""What became of the winners."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from budgeting_blocks.models import Round
from cms.common.blocks.groups import PARTICIPATION


class DeliveriesBlock(blocks.StructBlock):
    """The projects of one round or of all, each with its stage, money and unit."""

    heading = blocks.CharBlock(label=_("Otsikko"), required=False, max_length=120)
    round = SnippetChooserBlock(
        Round, label=_("Kierros"), required=False, help_text=_("Jos et valitse kierrosta, kaikkien hankkeet näkyvät.")
    )

    def get_preview_value(self) -> Any:
        return self.normalize({"heading": gettext("Hankkeet"), "round": None})

    class Meta:
        icon = "cogs"
        label = _("Hankkeet")
        group = PARTICIPATION
        description = _("Äänestyksen voittajat hankkeina: vaihe, valmiusaste, raha ja vastuuyksikkö.")
        template = "budgeting_blocks/blocks/deliveries.html"
