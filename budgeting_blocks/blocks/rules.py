"""The rules of a round in plain words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from budgeting_blocks.blocks.base import RoundStructBlock, preview_round
from budgeting_blocks.models import Round
from cms.common.blocks.groups import PARTICIPATION


class RulesBlock(RoundStructBlock):
    """What a page about the model shows: the rules in force and the decision behind them."""

    heading = blocks.CharBlock(label=_("Otsikko"), required=False, max_length=120)
    round = SnippetChooserBlock(Round, label=_("Kierros"))

    def get_preview_value(self) -> Any:
        return self.normalize({"heading": gettext("Kierroksen säännöt"), "round": preview_round()})

    class Meta:
        icon = "list-ul"
        label = _("Säännöt")
        group = PARTICIPATION
        description = _("Kierroksen säännöt selvällä kielellä ja päätös, johon ne perustuvat.")
        template = "budgeting_blocks/blocks/rules.html"
