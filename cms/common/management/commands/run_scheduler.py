import time
from datetime import date
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone


class Command(BaseCommand):
    help = (
        "Publishes and expires scheduled pages every minute and runs the nightly deletion: for machines without cron."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--interval", type=int, default=60, help="seconds between rounds")

    def handle(self, *args: Any, **options: Any) -> None:
        purged_on: date | None = None
        while True:
            try:
                call_command("publish_scheduled")
                today = timezone.localdate()
                if purged_on != today:
                    call_command("purge_expired")
                    purged_on = today
            except Exception as error:  # the database may be away for a while; the next round tries again
                self.stderr.write(f"scheduler: {error}")
            close_old_connections()
            time.sleep(options["interval"])
