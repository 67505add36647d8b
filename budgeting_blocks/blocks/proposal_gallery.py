"""The proposal gallery."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.snippets.blocks import SnippetChooserBlock

from budgeting_blocks.models import Round
from cms.common.blocks.groups import PARTICIPATION


class Proposing(models.TextChoices):
    """Where one can make a proposal."""

    HERE = "here", _("Lomake tässä lohkossa")
    LINK = "link", _("Painike, joka vie lomakkeelle")
    NONE = "none", _("Ei lomaketta")


def require_published(round: Round | None) -> None:
    """Refuse, beside the field, a round that residents would not see when the page is published.

    A draft of the page may point to such a round; so may a page whose round has a date of publication.
    """
    if round is not None and not round.live and not round.go_live_at:
        message = _now("Kierrosta ”%(round)s” ei ole julkaistu. Julkaise se ensin, tai valitse toinen kierros.")
        error = ValidationError(message % {"round": round.title})
        raise StructBlockValidationError(block_errors={"round": error})


class ProposalGalleryBlock(blocks.StructBlock):
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

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if not self.is_deferred_validation:  # a draft of the page may wait for its round
            require_published(cleaned.get("round"))
        return cleaned

    def get_preview_value(self) -> Any:
        round = Round.objects.filter(live=True, proposals__live=True).first() or Round(
            title=_now("Osallistuva budjetointi"), slug="esimerkki", budget=50_000, live=True
        )
        return self.normalize(
            {"heading": _now("Asukkaiden ehdotukset"), "round": round, "page_size": "6", "proposing": Proposing.LINK}
        )

    class Meta:
        icon = "thumbtack"
        label = _("Ehdotukset")
        group = PARTICIPATION
        description = _("Kierroksen ehdotukset, joita voi suodattaa, ja lomake uuden ehdotuksen tekemiseen.")
        template = "budgeting_blocks/blocks/proposal_gallery.html"
