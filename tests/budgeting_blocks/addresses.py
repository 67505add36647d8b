"""Every address of participatory budgeting, out of the address configuration: a new view cannot be forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from django.urls import get_resolver

# The namespaces and names by which the app's addresses begin; Wagtail's own views for its records among them.
_PREFIXES = ("budgeting", "wagtailsnippets_budgeting_blocks", "wagtailsnippetchoosers_budgeting_blocks")


def _walk(patterns: list, namespaces: tuple[str, ...], route: str) -> Iterator[tuple[str, str, object]]:
    for pattern in patterns:
        path = route + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern.url_patterns, inner, path)
        else:
            yield ":".join((*namespaces, pattern.name or "")), path, pattern.callback


def _is_ours(name: str, path: str, view: object) -> bool:
    module = getattr(getattr(view, "view_class", view), "__module__", "")
    return name.startswith(_PREFIXES) or module.startswith("budgeting_blocks") or "budgeting" in path


@cache
def names_of(area: str) -> frozenset[str]:
    """The names of the app's addresses in the `admin` or the `public` part of the site."""
    return frozenset(
        name
        for name, path, view in _walk(get_resolver().url_patterns, (), "")
        if _is_ours(name, path, view) and path.startswith("admin/") == (area == "admin")
    )
