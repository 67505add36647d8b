from typing import Any

from django.core.management.base import BaseCommand

from budgeting_blocks.management.each_round import each_round
from budgeting_blocks.models import Round
from budgeting_blocks.services.boxes import shuffle_box


class Command(BaseCommand):
    help = "Write every round's ballots, codes and receipts anew in random order; run it before each backup."

    def handle(self, *args: Any, **options: Any) -> None:
        each_round(Round.objects.filter(ballots__isnull=False, seal=None).distinct(), self._shake)

    def _shake(self, round: Round) -> None:
        shuffle_box(round)
        self.stdout.write(f"{round.slug}: shaken")
