import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from budgeting_blocks.selectors.boxes import rounds_to_seal
from budgeting_blocks.services.sealing import SealRefused, seal_round

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Seal the ballot boxes of rounds whose voting has closed; those with paper ballots wait for the count."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = []
        for round in rounds_to_seal(timezone.now()):
            try:
                seal = seal_round(round=round)
            except SealRefused as refusal:
                self.stderr.write(f"{round.slug}: {refusal.message}")
            except Exception:  # one round's fault leaves no other box open
                logger.exception("seal_boxes: %s failed", round.slug)
                failed.append(round.slug)
            else:
                self.stdout.write(f"{round.slug}: sealed, {seal.digest}")
        if failed:
            raise CommandError(f"failed: {', '.join(failed)}")
