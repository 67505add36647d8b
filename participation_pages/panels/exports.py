"""The pool of applicants as a table for the draw: a code and the background of each, and nothing that tells who they are."""

from collections.abc import Iterable
from dataclasses import dataclass

from participation_pages.panels.choices import DECLINED_LABEL
from participation_pages.panels.models import PanelApplication
from participation_pages.panels.selectors import labels_in_order


@dataclass(frozen=True, slots=True)
class PoolTable:
    """`header` begins with `id` and `panel`; the features follow in the order in which the panels ask for them."""

    header: list[str]
    rows: list[list[str]]


def pool_table(applications: Iterable[PanelApplication]) -> PoolTable:
    """One row for each application (with its panel loaded), in the order of the codes, which says nothing of the arrival."""
    applications = sorted(applications, key=lambda application: application.pool_code)
    features = labels_in_order(applications)
    rows = [
        [application.pool_code, application.panel.slug, *(_cell(application, label) for label in features)]
        for application in applications
    ]
    return PoolTable(["id", "panel", *features], rows)


def _cell(application: PanelApplication, label: str) -> str:
    if label not in application.answers:
        return ""
    answer = application.answers[label]
    return str(DECLINED_LABEL) if answer is None else answer
