"""The blocks that editors drop into pages: proposal gallery and voting widget."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.common.blocks.groups import PARTICIPATION


class ProposalGalleryBlock(blocks.StructBlock):
    class Meta:
        icon = "thumbtack"
        label = _("Ehdotukset")
        group = PARTICIPATION
        template = "budgeting_blocks/blocks/proposal_gallery.html"


class VotingBlock(blocks.StructBlock):
    class Meta:
        icon = "check"
        label = _("Äänestys")
        group = PARTICIPATION
        template = "budgeting_blocks/blocks/voting.html"
