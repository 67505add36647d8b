"""Tables."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from cms.common.blocks.groups import CONTENT


class TableBlock(blocks.StructBlock):
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label=_("Teksti"), required=False)),
            ("number", blocks.DecimalBlock(label=_("Luku"), required=False)),
            ("rich_text", blocks.RichTextBlock(label=_("Muotoiltu teksti"), features=["bold", "link"], required=False)),
        ],
        label=_("Taulukko"),
    )

    class Meta:
        icon = "table"
        label = _("Taulukko")
        group = CONTENT
        description = _("Tietoa riveinä ja sarakkeina. Kirjoita taulukolle aina otsikko.")
        template = "common/blocks/table.html"
        preview_value = {
            "table": {
                "caption": "Äänestäjät kierroksittain",
                "columns": [{"type": "text", "heading": "Kierros"}, {"type": "number", "heading": "Äänestäjiä"}],
                "rows": [{"values": ["2020", 654]}, {"values": ["2023", 737]}],
            }
        }
