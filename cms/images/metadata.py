"""Pictures without what the camera wrote into them."""

import io
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.base import File as DjangoFile
from PIL import Image, ImageOps

# Decoded by content, whatever the file's name says. The settings allow no other kinds.
_SAVE_OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 92, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 90},
}


def without_metadata(file: DjangoFile) -> ContentFile:
    """The same picture, turned upright, with no place, time, camera or comment in it; colours stay as they were.

    `file` is an image that the upload form has already accepted (kind, bytes, pixels). Raises KeyError for another kind.
    """
    file.seek(0)
    with Image.open(file) as picture:
        kind = picture.format or ""
        options = _SAVE_OPTIONS[kind]
        profile = picture.info.get("icc_profile")
        upright = ImageOps.exif_transpose(picture)
        upright.info = {}
        upright.getexif().clear()
        target = io.BytesIO()
        upright.save(target, format=kind, icc_profile=profile, **options)
    return ContentFile(target.getvalue(), name=PurePath(file.name or "picture").name)
