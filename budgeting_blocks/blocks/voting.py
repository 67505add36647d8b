"""The voting widget."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.common.blocks.groups import PARTICIPATION


class VotingBlock(blocks.StructBlock):
    class Meta:
        icon = "check"
        label = _("Äänestys")
        group = PARTICIPATION
        template = "budgeting_blocks/blocks/voting.html"
