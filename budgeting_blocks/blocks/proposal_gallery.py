"""The proposal gallery."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.common.blocks.groups import PARTICIPATION


class ProposalGalleryBlock(blocks.StructBlock):
    class Meta:
        icon = "thumbtack"
        label = _("Ehdotukset")
        group = PARTICIPATION
        template = "budgeting_blocks/blocks/proposal_gallery.html"
