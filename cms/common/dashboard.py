"""What awaits the signed-in member of staff, told by each room and shown in one panel of the admin's front page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class WaitingItem:
    """One line: what waits, how many, and the address of the list filtered to just these."""

    label: str
    count: int
    url: str


_sources: list[Callable[[HttpRequest], Iterable[WaitingItem]]] = []


def register_waiting(source: Callable[[HttpRequest], Iterable[WaitingItem]]) -> None:
    """Add a source; it returns only what this user may handle. Call it in `AppConfig.ready` or wagtail_hooks."""
    if source not in _sources:
        _sources.append(source)


def waiting_for(request: HttpRequest) -> list[WaitingItem]:
    """Everything that awaits the request's user."""
    return [item for source in _sources for item in source(request)]
