import time
from datetime import date
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone


class Command(BaseCommand):
    help = "Does what must run by the clock, for machines without cron: see docs/operations/nightly.md."

    always = ("publish_scheduled", "seal_boxes")
    nightly = ("purge_expired", "shake_boxes", "clearsessions")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--interval", type=int, default=60, help="seconds between rounds")

    def handle(self, *args: Any, **options: Any) -> None:
        done_on: date | None = None
        while True:
            try:
                for command in self.always:
                    call_command(command)
                today = timezone.localdate()
                if done_on != today:
                    for command in self.nightly:
                        call_command(command)
                    done_on = today
            except Exception as error:  # the database may be away for a while; the next round tries again
                self.stderr.write(f"scheduler: {error}")
            close_old_connections()
            time.sleep(options["interval"])
