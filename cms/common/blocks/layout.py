"""Blocks that hold others side by side or folded."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.common.blocks.calls import CallToActionBlock, ContactBlock
from cms.common.blocks.groups import CONTENT
from cms.common.blocks.links import LinkBlock
from cms.common.blocks.media import CaptionedImageBlock, PictureBlock
from cms.common.blocks.text import HeadingBlock, NoticeBlock, QuoteBlock, TextBlock


class AccordionBlock(blocks.StructBlock):
    items = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("title", blocks.CharBlock(label=_("Kysymys tai otsikko"), max_length=160)),
                ("content", blocks.RichTextBlock(label=_("Vastaus"), features=["bold", "italic", "ol", "ul", "link"])),
            ]
        ),
        label=_("Kohdat"),
        min_num=1,
    )

    class Meta:
        icon = "list-ul"
        label = _("Haitari")
        group = CONTENT
        description = _("Kysymyksiä ja vastauksia, jotka avataan yksi kerrallaan.")
        template = "common/blocks/accordion.html"
        preview_value = {
            "items": [
                {"title": _("Kuka saa äänestää?"), "content": "<p>Jokainen, jolla on äänestyskoodi.</p>"},
                {"title": _("Milloin tulokset julkaistaan?"), "content": "<p>Viikko äänestyksen jälkeen.</p>"},
            ]
        }


class CardBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Otsikko"), max_length=100)
    text = blocks.TextBlock(label=_("Teksti"), required=False, max_length=300)
    image = PictureBlock(label=_("Kuva"), required=False)
    link = LinkBlock(label=_("Linkki"))

    class Meta:
        icon = "doc-full"
        label = _("Kortti")


class CardsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Otsikko"), required=False, max_length=120)
    cards = blocks.ListBlock(CardBlock(), label=_("Kortit"), min_num=1, max_num=12)

    class Meta:
        icon = "grip"
        label = _("Kortit")
        group = CONTENT
        description = _("Rivi nostoja, joista pääsee eteenpäin.")
        template = "common/blocks/cards.html"
        preview_value = {
            "heading": _("Osallistu"),
            "cards": [
                {"title": _("Ehdota"), "text": _("Kerro ideasi kaupungille."), "link": {}},
                {"title": _("Äänestä"), "text": _("Valitse, mitä toteutetaan."), "link": {}},
                {"title": _("Anna palautetta"), "text": _("Vastaamme viidessä päivässä."), "link": {}},
            ],
        }


class ColumnContentBlock(blocks.StreamBlock):
    """What fits into a column: content only, so that a form or a vote never stands squeezed."""

    heading = HeadingBlock()
    rich_text = TextBlock()
    image = CaptionedImageBlock()
    quote = QuoteBlock()
    notice = NoticeBlock()
    contact = ContactBlock()
    call_to_action = CallToActionBlock()


class ColumnsBlock(blocks.StructBlock):
    columns = blocks.ListBlock(ColumnContentBlock(label=_("Palsta")), label=_("Palstat"), min_num=2, max_num=3)

    def clean(self, value: dict[str, Any]) -> dict[str, Any]:
        cleaned = super().clean(value)
        if not 2 <= len(cleaned["columns"]) <= 3:
            raise StructBlockValidationError({"columns": ValidationError(gettext("Palstoja on kaksi tai kolme."))})
        return cleaned

    class Meta:
        icon = "table"
        label = _("Palstat")
        group = CONTENT
        description = _("Kaksi tai kolme palstaa rinnakkain; puhelimessa allekkain.")
        template = "common/blocks/columns.html"
        preview_value = {
            "columns": [
                [("rich_text", "<p>Vasen palsta kertoo, mistä on kyse.</p>")],
                [("rich_text", "<p>Oikea palsta kertoo, miten pääset mukaan.</p>")],
            ]
        }
