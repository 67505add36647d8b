"""The content blocks that every page offers, one theme per file."""

from wagtail.blocks import Block

from cms.common.blocks.calls import CallToActionBlock, ContactBlock, DownloadsBlock
from cms.common.blocks.layout import AccordionBlock, CardsBlock, ColumnsBlock
from cms.common.blocks.links import LinkBlock, LinkValue
from cms.common.blocks.media import CaptionedImageBlock
from cms.common.blocks.tables import TableBlock
from cms.common.blocks.text import HeadingBlock, NoticeBlock, QuoteBlock, TextBlock

CONTENT_BLOCKS: list[tuple[str, Block]] = [
    ("heading", HeadingBlock()),
    ("rich_text", TextBlock()),
    ("image", CaptionedImageBlock()),
    ("quote", QuoteBlock()),
    ("accordion", AccordionBlock()),
    ("notice", NoticeBlock()),
    ("cards", CardsBlock()),
    ("columns", ColumnsBlock()),
    ("table", TableBlock()),
    ("contact", ContactBlock()),
    ("downloads", DownloadsBlock()),
    ("call_to_action", CallToActionBlock()),
]

__all__ = [
    "CONTENT_BLOCKS",
    "AccordionBlock",
    "CallToActionBlock",
    "CaptionedImageBlock",
    "CardsBlock",
    "ColumnsBlock",
    "ContactBlock",
    "DownloadsBlock",
    "HeadingBlock",
    "LinkBlock",
    "LinkValue",
    "NoticeBlock",
    "QuoteBlock",
    "TableBlock",
    "TextBlock",
]
