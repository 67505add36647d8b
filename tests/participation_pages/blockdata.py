"""Values of every block of the body, and the data that the admin's form would post for them."""

import uuid
from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.test.utils.form_data import rich_text

from participation_pages.body import PARTICIPATION_BLOCKS, BodyBlock

BODY = BodyBlock()
PARTICIPATION_NAMES = [name for name, _block in PARTICIPATION_BLOCKS]


def filled(block: blocks.Block, records: dict[type[models.Model], models.Model]) -> Any:
    """The block's preview value with nothing missing, each empty chooser set to one of `records` of its model."""
    return _fill(block, block.normalize(block.get_preview_value()), records)


def _fill(block: blocks.Block, value: Any, records: dict[type[models.Model], models.Model]) -> Any:
    if isinstance(value, blocks.StructValue):
        for name, child in block.child_blocks.items():
            part = value.get(name)
            if isinstance(child, blocks.ChooserBlock) and getattr(part, "pk", None) is None:
                value[name] = records.get(child.model_class)
            else:
                value[name] = _fill(child, child.get_default() if part is None else part, records)
    elif isinstance(block, blocks.ListBlock):
        for row in value:
            _fill(block.child_block, row, records)
    return value


def raw_body(names: list[str], records: dict[type[models.Model], models.Model]) -> list[dict[str, Any]]:
    """The body as it is stored."""
    children = ((name, BODY.child_blocks[name]) for name in names)
    return [
        {"type": name, "id": str(uuid.uuid4()), "value": block.get_prep_value(filled(block, records))}
        for name, block in children
    ]


def posted_body(names: list[str], records: dict[type[models.Model], models.Model]) -> dict[str, Any]:
    """The body as the admin's form posts it."""
    return _stream([(BODY.child_blocks[name], filled(BODY.child_blocks[name], records)) for name in names])


def _stream(children: list[tuple[blocks.Block, Any]]) -> dict[str, Any]:
    data: dict[str, Any] = {"count": str(len(children))}
    for index, (block, value) in enumerate(children):
        data[str(index)] = {
            "value": _posted(block, value),
            "type": block.name,
            "deleted": "",
            "order": str(index),
            "id": str(uuid.uuid4()),
        }
    return data


def _posted(block: blocks.Block, value: Any) -> Any:
    if isinstance(block, blocks.StructBlock):
        posted = {name: _posted(child, value.get(name)) for name, child in block.child_blocks.items()}
        return {name: part for name, part in posted.items() if part is not None}
    if isinstance(block, blocks.ListBlock):
        rows = [
            {"value": _posted(block.child_block, row), "deleted": "", "order": str(index), "id": str(uuid.uuid4())}
            for index, row in enumerate(value or [])
        ]
        return {"count": str(len(rows)), **{str(index): row for index, row in enumerate(rows)}}
    if isinstance(block, blocks.RichTextBlock):
        return rich_text(value.source if value else "")
    if isinstance(block, blocks.BooleanBlock):
        return "on" if value else None
    stored = block.get_prep_value(value)
    return "" if stored is None else str(stored)
