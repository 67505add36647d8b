from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from budgeting_blocks.management.each_round import each_round
from budgeting_blocks.models import InterimSeal, Round, RoundSeal
from budgeting_blocks.selectors.boxes import rounds_to_seal, rounds_to_seal_meanwhile
from budgeting_blocks.services.sealing import SealRefused, seal_electronic_votes, seal_round


class Command(BaseCommand):
    help = (
        "Seal the ballot boxes of rounds whose voting has closed. Where paper is still to come, seal what came "
        "electronically; the whole box is sealed by the count."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        meanwhile = {round.pk: round for round in rounds_to_seal_meanwhile(now)}
        each_round([*rounds_to_seal(now), *meanwhile.values()], lambda round: self._seal(round, round.pk in meanwhile))

    def _seal(self, round: Round, is_interim: bool) -> None:
        act: Callable[..., RoundSeal | InterimSeal] = seal_electronic_votes if is_interim else seal_round
        try:
            seal = act(round=round)
        except SealRefused as refusal:
            self.stderr.write(f"{round.slug}: {refusal.message}")
        else:
            what = "electronic votes sealed until paper is in" if is_interim else "sealed"
            self.stdout.write(f"{round.slug}: {what}, {seal.digest}")
