from typing import Any

from django.core.management.base import BaseCommand

from home.setup import set_up_site


class Command(BaseCommand):
    help = "Makes the languages, front page, roles and moderation that the site needs. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        set_up_site()
        self.stdout.write("The site is set up.")
