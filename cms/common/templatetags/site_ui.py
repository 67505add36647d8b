"""Display tags of the design: small pieces of markup that many templates repeat."""

from collections.abc import Iterator

from django import template
from django.core.paginator import Paginator
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str, modifier: str = "") -> SafeString:
    """A decorative icon of the sprite `cms/img/icons.svg`; the words beside it carry the meaning.

    `modifier` is the part after `icon--`, for example "large".
    """
    classes = f"icon icon--{modifier}" if modifier else "icon"
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        classes,
        static("cms/img/icons.svg"),
        name,
    )


@register.filter
def elided(paginator: Paginator, number: int) -> Iterator[int | str]:
    """The page numbers to show around page `number`, with "…" for gaps."""
    return paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)
