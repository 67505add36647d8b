from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from budgeting_blocks.management.each_round import each_round
from budgeting_blocks.models import Round
from budgeting_blocks.selectors.boxes import rounds_to_seal
from budgeting_blocks.services.sealing import SealRefused, seal_round


class Command(BaseCommand):
    help = "Seal the ballot boxes of rounds whose voting has closed; those with paper ballots wait for the count."

    def handle(self, *args: Any, **options: Any) -> None:
        each_round(rounds_to_seal(timezone.now()), self._seal)

    def _seal(self, round: Round) -> None:
        try:
            seal = seal_round(round=round)
        except SealRefused as refusal:
            self.stderr.write(f"{round.slug}: {refusal.message}")
        else:
            self.stdout.write(f"{round.slug}: sealed, {seal.digest}")
