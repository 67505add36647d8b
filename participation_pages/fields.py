"""Small structured fields that several page types use."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.common.fields import LeanStreamField


class LinesBlock(blocks.StreamBlock):
    """Plain lines in an order that the editor chooses."""

    line = blocks.CharBlock(label=_("Rivi"), icon="pilcrow", max_length=160)


class LinesField(LeanStreamField):
    """A list of short texts; each of them is translated on its own."""

    block_class = LinesBlock
