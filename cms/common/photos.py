"""A resident's photo made safe: judged by its content, bounded before it is decoded, and written anew without metadata."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from PIL import Image, ImageFile, ImageOps

MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 25_000_000
MAX_SIDE = 2560
FORMATS = ("JPEG", "PNG", "WEBP")
# What a picture never holds by chance, and a file made to be two things at once does. None is shorter than five signs:
# one of four stands in every hundredth phone photo.
FOREIGN_MARKS = (b"<script", b"<svg xmlns", b"<html", b"<!doctype", b"<?php", b"%pdf-")


class PhotoProblem(StrEnum):
    """Why a file is refused."""

    EMPTY = "empty"
    TOO_HEAVY = "too_heavy"
    TOO_MANY_PIXELS = "too_many_pixels"
    NOT_A_PHOTO = "not_a_photo"


class PhotoRefused(Exception):
    """The file cannot be taken."""

    def __init__(self, problem: PhotoProblem) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class CleanPhoto:
    """A JPEG with nothing but its pixels; `width` and `height` in pixels."""

    content: bytes
    width: int
    height: int


def clean_photo(file: BinaryIO, max_side: int = MAX_SIDE) -> CleanPhoto:
    """Read JPEG, PNG or WebP and write it anew as a JPEG of at most `max_side` px a side, turned the right way up.

    Whatever else the file carried (position, camera, a script behind the picture) is gone, for only pixels are copied.
    Raises `PhotoRefused`. Needs about 4 bytes of memory per pixel, 100 MB at most.
    """
    raw = file.read(MAX_BYTES + 1)
    if not raw:
        raise PhotoRefused(PhotoProblem.EMPTY)
    if len(raw) > MAX_BYTES:
        raise PhotoRefused(PhotoProblem.TOO_HEAVY)
    lowered = raw.lower()
    if any(mark in lowered for mark in FOREIGN_MARKS):
        raise PhotoRefused(PhotoProblem.NOT_A_PHOTO)
    try:
        with warnings.catch_warnings():
            # The size is checked below, before any pixel is decoded.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(raw), formats=FORMATS)
        if picture.width * picture.height > MAX_PIXELS:
            raise PhotoRefused(PhotoProblem.TOO_MANY_PIXELS)
        if isinstance(picture, ImageFile.ImageFile) and picture.format == "JPEG":
            # The decoder itself makes a large photo smaller, in a quarter of the time.
            picture.draft("RGB", (max_side, max_side))
        picture.load()
        return _written_anew(picture, max_side)
    except PhotoRefused:
        raise
    except Image.DecompressionBombError as error:
        raise PhotoRefused(PhotoProblem.TOO_MANY_PIXELS) from error
    except Exception as error:  # a broken file makes Pillow raise nearly anything
        raise PhotoRefused(PhotoProblem.NOT_A_PHOTO) from error


def _written_anew(picture: Image.Image, max_side: int) -> CleanPhoto:
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((max_side, max_side))
    has_alpha = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
    layers = upright.convert("RGBA") if has_alpha else upright.convert("RGB")
    canvas = Image.new("RGB", layers.size, "white")
    canvas.paste(layers, mask=layers.getchannel("A") if has_alpha else None)
    out = io.BytesIO()
    canvas.save(out, "JPEG", quality=85)
    return CleanPhoto(out.getvalue(), canvas.width, canvas.height)
