"""Tables."""

from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter

from cms.common.blocks.groups import CONTENT

_PLAIN = blocks.CharBlock()


class TranslatableTableBlock(TypedTableBlock):
    """A typed table whose caption, headings and cells wagtail-localize translates; it skips those of the plain one.

    A text is found again by what it says, not by where it stands, so translations survive moved rows and columns, and a
    text that repeats is translated once.
    """

    def get_translatable_segments(self, table: TypedTable) -> list[Any]:
        """The distinct texts of the table as segments of wagtail-localize."""
        extractor = StreamFieldSegmentExtractor(None)
        segments: dict[str, list[Any]] = {}
        for block, text in self._texts(table):
            segments.setdefault(_key(text), extractor.handle_block(block, text))
        return [segment.wrap(key) for key, group in segments.items() for segment in group]

    def restore_translated_segments(self, table: TypedTable, segments: list[Any]) -> TypedTable:
        """The table with its texts replaced by their translations; those without one stay."""
        by_key: dict[str, list[Any]] = defaultdict(list)
        for wrapped in segments:
            key, segment = wrapped.unwrap()
            by_key[key].append(segment)
        writer = StreamFieldSegmentsWriter(None, None, None)

        def translated(block: blocks.Block, text: Any) -> Any:
            group = by_key.get(_key(text))
            return writer.handle_block(block, text, list(group)) if group else text

        return TypedTable(
            columns=[{**column, "heading": translated(_PLAIN, column["heading"])} for column in table.columns],
            row_data=[
                {
                    "values": [
                        translated(column["block"], cell) if _is_text(column["block"]) else cell
                        for column, cell in zip(table.columns, row["values"], strict=True)
                    ]
                }
                for row in table.row_data
            ],
            caption=translated(_PLAIN, table.caption),
        )

    def _texts(self, table: TypedTable) -> Iterator[tuple[blocks.Block, Any]]:
        yield _PLAIN, table.caption or ""
        for column in table.columns:
            yield _PLAIN, column["heading"]
        for row in table.row_data:
            for column, cell in zip(table.columns, row["values"], strict=True):
                if cell and _is_text(column["block"]):
                    yield column["block"], cell


def _is_text(block: blocks.Block) -> bool:
    return isinstance(block, (blocks.CharBlock, blocks.RichTextBlock))


def _key(text: Any) -> str:
    """The path of a text among the table's segments; rich and plain text of the same words differ by their markup."""
    return sha256(str(getattr(text, "source", text)).encode()).hexdigest()[:16]


class TableBlock(blocks.StructBlock):
    table = TranslatableTableBlock(
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
