import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from budgeting_blocks.models import Round
from budgeting_blocks.services.boxes import shuffle_box

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Write every round's ballots, codes and receipts anew in random order; run it before each backup."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = []
        for round in Round.objects.filter(ballots__isnull=False, seal=None).distinct():
            try:
                shuffle_box(round)
            except Exception:  # one round's fault leaves no other box unshaken
                logger.exception("shake_boxes: %s failed", round.slug)
                failed.append(round.slug)
            else:
                self.stdout.write(f"{round.slug}: shaken")
        if failed:
            raise CommandError(f"failed: {', '.join(failed)}")
