"""How well one colour can be read on another: the relative luminance and contrast ratio of WCAG 2.2."""

import re

MINIMUM_RATIO = 4.5

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


class NotAColour(ValueError):
    """The text is not a colour in the form `#rrggbb`."""


def parse_hex(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0–255 each, of `#rrggbb`. Raises `NotAColour` for anything else."""
    if not _HEX.fullmatch(colour):
        raise NotAColour(colour)
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def relative_luminance(colour: str) -> float:
    """How light `#rrggbb` is to the eye: 0 for black, 1 for white."""
    red, green, blue = (_linear(channel) for channel in parse_hex(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_ratio(one: str, other: str) -> float:
    """From 1 (the same colour) to 21 (black on white). The order does not matter."""
    lighter, darker = sorted((relative_luminance(one), relative_luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def is_readable(ink: str, ground: str) -> bool:
    """Whether text of colour `ink` may stand on `ground`."""
    return contrast_ratio(ink, ground) >= MINIMUM_RATIO
