from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from budgeting_blocks.services.round_import import ImportRefused, import_round


class Command(BaseCommand):
    help = "Makes a past round of a Pabulib file (.pb): proposals, costs, votes and winners. It stays a draft."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--title", default="", help="the round's name; the file's own without it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}", returncode=2) from error
        try:
            round = import_round(content=content, user=None, title=options["title"], by_command=True)
        except ImportRefused as refusal:
            raise CommandError(refusal.message, returncode=2) from refusal
        self.stdout.write(f"{round.slug}: {round.proposals.count()}")
