"""The block that editors drop into pages: feedback form."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.common.blocks.groups import PARTICIPATION


class FeedbackFormBlock(blocks.StructBlock):
    class Meta:
        icon = "comment"
        label = _("Palautelomake")
        group = PARTICIPATION
        template = "feedback_forms/blocks/feedback_form.html"
