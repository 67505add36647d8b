"""The block that calls residents to a citizens' panel."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.common.blocks.groups import PARTICIPATION


class PanelCallBlock(blocks.StructBlock):
    class Meta:
        icon = "user"
        label = _("Raadin haku")
        group = PARTICIPATION
        template = "participation_pages/blocks/panel_call.html"
