"""The body that every page shares: one menu of blocks, content and participation alike."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from budgeting_blocks.blocks import DeliveriesBlock, ProposalGalleryBlock, RoundBlock, RulesBlock, VotingBlock
from cms.common.blocks import CONTENT_BLOCKS
from cms.common.fields import LeanStreamField
from cms.common.models import BasePage
from feedback_forms.blocks import FeedbackFormBlock
from participation_pages.forums.blocks import ForumAnnouncementsBlock
from participation_pages.panels.blocks import PanelCallBlock
from participation_pages.projects.blocks import DeliverablesBlock

PARTICIPATION_BLOCKS: list[tuple[str, blocks.Block]] = [
    ("round", RoundBlock()),
    ("proposal_gallery", ProposalGalleryBlock()),
    ("voting", VotingBlock()),
    ("deliveries", DeliveriesBlock()),
    ("rules", RulesBlock()),
    ("feedback_form", FeedbackFormBlock()),
    ("forum_announcements", ForumAnnouncementsBlock()),
    ("panel_call", PanelCallBlock()),
    ("deliverables", DeliverablesBlock()),
]


class BodyBlock(blocks.StreamBlock):
    """All blocks of a page's body."""

    def __init__(self, local_blocks: list[tuple[str, blocks.Block]] | None = None, **kwargs: object) -> None:
        super().__init__([*CONTENT_BLOCKS, *PARTICIPATION_BLOCKS, *(local_blocks or [])], **kwargs)


class BodyField(LeanStreamField):
    """The StreamField of every page."""

    block_class = BodyBlock


class BodyPage(BasePage):
    """A page with a body. Its template extends `participation_pages/body_page.html` unless it says otherwise."""

    body = BodyField(blank=True, verbose_name=_("sisältö"))

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        abstract = True
