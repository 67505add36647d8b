"""The table of a key project's deliverables."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.common.blocks.groups import PARTICIPATION


class DeliverablesBlock(blocks.StructBlock):
    class Meta:
        icon = "list-ol"
        label = _("Tuotokset")
        group = PARTICIPATION
        template = "participation_pages/blocks/deliverables.html"
