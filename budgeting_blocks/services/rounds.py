"""Changes of state of rounds."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from budgeting_blocks.domain.phases import Window
from budgeting_blocks.models import Phase, Round
from cms.users.models import User


@transaction.atomic
def create_round(
    *,
    title: str,
    slug: str,
    budget: int,
    windows: Iterable[Window] = (),
    introduction: str = "",
    publish: bool = True,
    user: User | None = None,
) -> Round:
    """Make a round with its phases, published unless told otherwise. `budget` in whole euros. Raises ValidationError."""
    round = Round(title=title, slug=slug, budget=budget, introduction=introduction, live=False)
    round.full_clean()
    phases = [Phase(kind=w.kind.value, opens_at=w.opens_at, closes_at=w.closes_at) for w in windows]
    for phase in phases:
        phase.full_clean(exclude=["round"], validate_constraints=False)
    round.phases.set(phases)
    round.save()
    revision = round.save_revision(user=user, log_action=True)
    if publish:
        revision.publish(user=user, skip_permission_checks=True)
        round.refresh_from_db()
    return round
