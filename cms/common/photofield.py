"""The form field with which residents send a photo."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.common.photos import MAX_SIDE, CleanPhoto, PhotoProblem, PhotoRefused, clean_photo

PHOTO_MESSAGES = {
    PhotoProblem.EMPTY: _("Tiedosto on tyhjä. Valitse toinen kuva."),
    PhotoProblem.TOO_HEAVY: _("Kuva on liian suuri: enintään 8 megatavua. Valitse pienempi kuva."),
    PhotoProblem.TOO_MANY_PIXELS: _("Kuvassa on liikaa pikseleitä: enintään 25 megapikseliä. Valitse pienempi kuva."),
    PhotoProblem.NOT_A_PHOTO: _("Tiedosto ei ole kelvollinen kuva. Valitse JPEG-, PNG- tai WebP-kuva."),
}


class PhotoField(forms.FileField):
    """A file whose clean value is a `CleanPhoto` of at most `max_side` px a side, or None when no file came."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def __init__(self, *args: Any, max_side: int = MAX_SIDE, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.max_side = max_side

    def clean(self, data: Any, initial: Any = None) -> CleanPhoto | None:
        if not data:
            return None
        try:
            return clean_photo(data, self.max_side)
        except PhotoRefused as refusal:
            raise ValidationError(PHOTO_MESSAGES[refusal.problem], code=refusal.problem) from refusal
