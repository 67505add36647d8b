"""What blocks about one round share."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from budgeting_blocks.models import Round


class RoundStructBlock(blocks.StructBlock):
    """A block with a child `round` that residents must be able to see once the page is published.

    A draft of the page may point to a round that is not public yet; so may a page whose round has a date of publication.
    """

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        round: Round | None = cleaned.get("round")
        if not self.is_deferred_validation and round is not None and not round.live and not round.go_live_at:
            message = _("Kierrosta ”%(round)s” ei ole julkaistu. Julkaise se ensin, tai valitse toinen kierros.")
            error = ValidationError(message % {"round": round.title})
            raise StructBlockValidationError(block_errors={"round": error})
        return cleaned


def preview_round() -> Round:
    """A round for a block's preview: one of the site's own with proposals, or an example."""
    return Round.objects.filter(live=True, proposals__live=True).first() or Round(
        title=_("Osallistuva budjetointi"), slug="esimerkki", budget=50_000, live=True
    )
