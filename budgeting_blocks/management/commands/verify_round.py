from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from budgeting_blocks.models import InterimSeal, Round, RoundSeal
from budgeting_blocks.selectors.boxes import interim_faults, seal_faults


class Command(BaseCommand):
    help = "Compare a round's ballot box with its seal. Exit status 0: all is as sealed; 1: what differs is named."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("round", help="the round's slug or number")
        parser.add_argument("--digest", default="", help="the digest as it was published; the seal must be that one")

    def handle(self, *args: Any, **options: Any) -> None:
        name: str = options["round"]
        round = Round.objects.filter(slug=name).first()
        if round is None and name.isascii() and name.isdigit():
            round = Round.objects.filter(pk=int(name)).first()
        if round is None:
            raise CommandError(f"There is no round {name}.")
        seal = RoundSeal.objects.filter(round=round).first() or InterimSeal.objects.filter(round=round).first()
        if seal is None:
            raise CommandError(f"{round.slug}: the box has no seal.")
        if isinstance(seal, RoundSeal):
            faults, what = seal_faults(round, seal), "ballots as sealed"
        else:
            faults, what = interim_faults(round, seal), "electronic ballots as sealed at closing"
        published = options["digest"].strip().lower()
        if published and published != seal.digest:
            faults.append(f"digest: the seal says {seal.digest}, what was published is {published}")
        for fault in faults:
            self.stderr.write(f"{round.slug}: {fault}")
        if faults:
            raise CommandError(f"{round.slug}: the box is not as it was sealed.")
        self.stdout.write(f"{round.slug}: {seal.ballots} {what}, {seal.digest}")
