"""Demo content: the city's real facts and, plainly marked, examples. Built by the rooms' own services, never a dump.

One transaction makes all of it. A second run finds it and changes nothing, so that what people have tried stays; `reset`
removes the content of every room and builds it anew with dates relative to today.
"""

from dataclasses import dataclass

from django.db import transaction
from django.test.utils import override_settings

from home.demo import budgeting, feedback, forums, panels, people, site, translations
from home.demo.context import Demo
from home.demo.reset import remove_everything
from home.setup import set_up_site


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the command tells: whether anything was built, and the codes that one may vote with."""

    built: bool
    codes: list[str]


def load_demo(*, reset: bool = False) -> Outcome:
    """Build the demo content unless it is there already. Sends no mail."""
    # The letters of made-up residents are of no use to anybody.
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"), transaction.atomic():
        if reset:
            remove_everything()
        if people.are_there():
            return Outcome(False, budgeting.DEMO_CODES)
        set_up_site()
        _build(Demo.begin())
    return Outcome(True, budgeting.DEMO_CODES)


def _build(demo: Demo) -> None:
    people.build(demo)
    site.build_settings(demo)
    budgeting.build(demo)
    feedback.build(demo)
    site.build_first_pages(demo)
    forums.build(demo)
    panels.build(demo)
    site.build_pages(demo)
    translations.build(demo)
