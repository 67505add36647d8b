from typing import Any

from django.core.management.base import BaseCommand

from cms.common.outbox import send_kept


class Command(BaseCommand):
    help = "Sends the messages that the mail server did not take at first. Run it every minute or five."

    def handle(self, *args: Any, **options: Any) -> None:
        left, waiting = send_kept()
        if left or waiting:
            self.stdout.write(f"sent {left}, waiting {waiting}")
