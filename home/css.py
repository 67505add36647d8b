"""The city's colours as a stylesheet of its own, so that no page needs inline styles."""

from home.domain.contrast import NotAColour, parse_hex
from home.models import CitySettings

_PROPERTIES = {"brand": "--brand", "brand_ink": "--brand-ink", "accent": "--accent", "accent_ink": "--accent-ink"}


def city_stylesheet(city: CitySettings) -> str:
    """Custom properties of the four colours, for light and dark alike: the tokens derive the dark tones from them.

    What is not a colour (written past the form's validation) is left out, and the design's own value holds.
    """
    lines = []
    for field, name in _PROPERTIES.items():
        colour = getattr(city, field)
        try:
            parse_hex(colour)
        except NotAColour:
            continue
        lines.append(f"  {name}: {colour.lower()};")
    return ":root {\n" + "\n".join(lines) + "\n}\n"
