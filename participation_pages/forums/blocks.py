"""The block of a forum's latest announcements and coming events."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.common.blocks.groups import PARTICIPATION


class ForumAnnouncementsBlock(blocks.StructBlock):
    class Meta:
        icon = "group"
        label = _("Foorumin tiedotteet")
        group = PARTICIPATION
        template = "participation_pages/blocks/forum_announcements.html"
