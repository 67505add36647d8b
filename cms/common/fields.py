"""Model fields of the kernel."""

from typing import Any

from django.db import models
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField


class LeanStreamField(StreamField):
    """A StreamField whose blocks are not written into migrations.

    Subclasses set `block_class`. Blocks live in code, and the database only holds JSON, so a changed block needs no migration.
    """

    block_class: type[StreamBlock] = StreamBlock

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.pop("block_lookup", None)
        super().__init__(self.block_class(), **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = models.Field.deconstruct(self)
        return name, path, [], kwargs
