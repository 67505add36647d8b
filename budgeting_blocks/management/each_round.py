"""What the commands about ballot boxes do alike."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from django.core.management.base import CommandError

from budgeting_blocks.models import Round

logger = logging.getLogger(__name__)


def each_round(rounds: Iterable[Round], act: Callable[[Round], None]) -> None:
    """Act on every round: a fault in one is logged and keeps no other from its turn. CommandError names those that failed."""
    failed = []
    for round in rounds:
        try:
            act(round)
        except Exception:
            logger.exception("%s failed", round.slug)
            failed.append(round.slug)
    if failed:
        raise CommandError(f"failed: {', '.join(failed)}")
