"""A link to a page of the site or elsewhere, never to both."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError


class LinkValue(blocks.StructValue):
    @property
    def href(self) -> str:
        """The address, or "" when no link was given or its page is not public any more."""
        page = self.get("page")
        if page is not None:
            return page.url if page.live else ""
        return self.get("url") or ""


class LinkBlock(blocks.StructBlock):
    """Either a page of the site or an address."""

    page = blocks.PageChooserBlock(label=_("Sivu"), required=False)
    url = blocks.URLBlock(label=_("Osoite muualla"), required=False)

    def clean(self, value: dict[str, Any]) -> dict[str, Any]:
        cleaned = super().clean(value)
        if cleaned["page"] and cleaned["url"]:
            raise StructBlockValidationError(
                {"url": ValidationError(gettext("Valitse joko sivu tai osoite, ei molempia."))}
            )
        return cleaned

    class Meta:
        icon = "link"
        label = _("Linkki")
        value_class = LinkValue
