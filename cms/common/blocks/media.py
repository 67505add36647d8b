"""Pictures."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock

from cms.common.blocks.groups import CONTENT


class PictureBlock(ImageBlock):
    """Wagtail's, whose chooser has a name in English only."""

    def __init__(self, required: bool = True, **kwargs: Any) -> None:
        super().__init__(required=required, **kwargs)
        self.child_blocks["image"].label = _("Kuva")


class CaptionedImageBlock(blocks.StructBlock):
    image = PictureBlock(label=_("Kuva"))
    caption = blocks.CharBlock(label=_("Kuvateksti"), required=False, max_length=200)

    def get_preview_value(self) -> Any:
        return self.normalize({"image": get_image_model().objects.first(), "caption": _("Kesäinen puisto")})

    class Meta:
        icon = "image"
        label = _("Kuva")
        group = CONTENT
        description = _("Yksi kuva tekstin levyisenä, kuvateksti alla.")
        template = "common/blocks/image.html"
