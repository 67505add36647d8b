"""The block that calls residents to a citizens' panel."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.common.blocks.groups import PARTICIPATION


class PanelCallBlock(blocks.StructBlock):
    """What the panel is for, and the application form while its call is open.

    A panel that is not published yet may be chosen, so that a page can be written beforehand: residents then see a notice, and
    editors the reason. A panel that was deleted must be replaced before the page is saved again.
    """

    panel = SnippetChooserBlock("participation_pages.Panel", label=_("Raati"))
    heading = blocks.CharBlock(label=_("Otsikko"), required=False, max_length=120, help_text=_("Tyhjä: raadin nimi."))
    intro = blocks.TextBlock(label=_("Alkuteksti"), required=False, max_length=600)

    def clean(self, value: dict[str, Any]) -> dict[str, Any]:
        if value.get("panel") is None and self.child_blocks["panel"].required:
            message = gettext("Valitse raati. Jos raati oli jo valittuna, se on sittemmin poistettu.")
            raise StructBlockValidationError({"panel": ValidationError(message)})
        return super().clean(value)

    def get_preview_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """The picture in the block menu shows an example, so that it looks the same in an empty installation."""
        return {**super().get_preview_context(value, parent_context), "show_example": True}

    class Meta:
        icon = "user"
        label = _("Raadin haku")
        group = PARTICIPATION
        description = _("Kertoo, mihin raatia tarvitaan ja kuka voi hakea, ja näyttää hakulomakkeen haun aikana.")
        template = "participation_pages/blocks/panel_call.html"
        preview_value = {"heading": "", "intro": "Raati kertoo päättäjille, mitä asukkaat ajattelevat."}
