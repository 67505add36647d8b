import logging
import time
from datetime import date
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Does what must run by the clock, for machines without cron: see docs/operations/nightly.md."

    always = ("publish_scheduled", "seal_boxes", "send_kept_mail")
    nightly = ("purge_expired", "shake_boxes", "clearsessions")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--interval", type=int, default=60, help="seconds between rounds")

    def handle(self, *args: Any, **options: Any) -> None:
        done_on: date | None = None
        while True:
            self._run(self.always)
            today = timezone.localdate()
            # A fault at night is tried again by the next round, until all of the night's work is done.
            if done_on != today and self._run(self.nightly):
                done_on = today
            close_old_connections()
            time.sleep(options["interval"])

    def _run(self, commands: tuple[str, ...]) -> bool:
        """Whether all went well. One that fails keeps none of the others from running."""
        failed = False
        for command in commands:
            try:
                call_command(command)
            except Exception as error:  # the database may be away for a while
                failed = True
                logger.exception("scheduler: %s failed", command)
                self.stderr.write(f"scheduler: {command}: {error}")
        return not failed
