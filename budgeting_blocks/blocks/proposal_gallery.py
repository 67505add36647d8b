"""The proposal gallery."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from budgeting_blocks.blocks.base import RoundStructBlock, preview_round
from budgeting_blocks.models import Round
from cms.common.blocks.groups import PARTICIPATION


class Proposing(models.TextChoices):
    """Where one can make a proposal."""

    HERE = "here", _("Lomake tässä lohkossa")
    LINK = "link", _("Painike, joka vie lomakkeelle")
    NONE = "none", _("Ei lomaketta")


class ProposalGalleryBlock(RoundStructBlock):
    """A round's published proposals, and the way to make one."""

    heading = blocks.CharBlock(label=_("Otsikko"), required=False, max_length=120)
    round = SnippetChooserBlock(
        Round,
        label=_("Kierros"),
        help_text=_("Jos kierros poistetaan tai sen julkaisu perutaan, asukas näkee siitä ilmoituksen."),
    )
    page_size = blocks.ChoiceBlock(
        label=_("Ehdotuksia sivulla"), choices=[("6", "6"), ("12", "12"), ("24", "24"), ("48", "48")], default="12"
    )
    proposing = blocks.ChoiceBlock(label=_("Ehdotuksen teko"), choices=Proposing.choices, default=Proposing.LINK)

    def get_preview_value(self) -> Any:
        return self.normalize(
            {
                "heading": gettext("Asukkaiden ehdotukset"),
                "round": preview_round(),
                "page_size": "6",
                "proposing": Proposing.LINK,
            }
        )

    class Meta:
        icon = "thumbtack"
        label = _("Ehdotukset")
        group = PARTICIPATION
        description = _("Kierroksen ehdotukset, joita voi suodattaa, ja lomake uuden ehdotuksen tekemiseen.")
        template = "budgeting_blocks/blocks/proposal_gallery.html"
