from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = (
        "Makes everything ready for a demo site in one process: tables, cache table, static files, content. Repeatable."
    )

    # The database may not exist yet, and `migrate` runs the checks that matter.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_ACCOUNTS_ALLOWED:
            raise CommandError(
                "These settings allow no demo accounts. For a real site run migrate, createcachetable, collectstatic and "
                "setup_site; see docs/operations/install.md."
            )
        self._step("Tables", "migrate", interactive=False)
        call_command("createcachetable", verbosity=0)
        self._step("Static files", "collectstatic", interactive=False)
        self._step("Site and roles", "setup_site")
        self._step("Demo content", "load_demo")

    def _step(self, title: str, command: str, **options: Any) -> None:
        self.stdout.write(f"{title} …")
        self.stdout.flush()
        call_command(command, verbosity=0, **options)
