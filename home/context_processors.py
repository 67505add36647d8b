"""What the base template shows around every page."""

from typing import Any

from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """`city`, `navigation`, `language_links`."""
    return {}
