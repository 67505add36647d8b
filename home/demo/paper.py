"""A batch of votes on paper, half read, one sheet of which was read in two ways."""

from __future__ import annotations

from datetime import datetime

from budgeting_blocks.models import Round
from budgeting_blocks.selectors.paper import numbered_items, versions_of
from budgeting_blocks.services.paper import Counts, enter_sheet, save_batch
from home.demo.context import Demo


def build(demo: Demo, round: Round, now: datetime) -> None:
    first, second, *_others = numbered_items(versions_of(round)).values()
    one, other = demo.users["koordinaattori"], demo.users["yllapito"]
    counts = Counts(printed=20, unused=6, received=4)
    batch = save_batch(round=round, label="Pääkirjasto (esimerkki)", counts=counts, user=one, now=now)
    for user, marks in ((one, (first, second)), (other, (first, first))):
        for number, mark in enumerate(marks, start=1):
            enter_sheet(batch=batch, number=number, marks=str(mark), void_reason="", user=user, now=now)
