from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from home.demo import load_demo
from home.demo.budgeting import TEACHER_CODE
from home.demo.budgeting_pages import ADDRESSES
from home.demo.people import ACCOUNTS, PASSWORD


class Command(BaseCommand):
    help = "Builds the demo content. Running it again changes nothing; --reset removes all content and builds it anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--reset", action="store_true", help="first remove ALL pages, proposals, votes, feedback and images"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_ACCOUNTS_ALLOWED:
            raise CommandError(
                "These settings allow no demo accounts, so no demo content either. Use cms.settings.dev to try the site."
            )
        outcome = load_demo(reset=options["reset"])
        self.stdout.write(
            "The demo content was built." if outcome.built else "The demo content is there; nothing changed."
        )
        self.stdout.write("")
        self.stdout.write("DEMO ONLY. Everybody knows this password; production settings refuse these accounts.")
        self.stdout.write(f"  Sign in at {settings.WAGTAILADMIN_BASE_URL}/admin/ with the password {PASSWORD}")
        for username, (role, does, _unit) in ACCOUNTS.items():
            self.stdout.write(f"  {username:<16}{role.value}: {does}")
        self.stdout.write("  Voting codes of the current round, one vote each:")
        for start in range(0, len(outcome.codes), 4):
            self.stdout.write("    " + "   ".join(outcome.codes[start : start + 4]))
        self.stdout.write("  They vote in the example round of points too.")
        self.stdout.write(f"  Teacher's code of a class of the current round: {TEACHER_CODE}")
        self.stdout.write("  Where to look:")
        for path, what in ADDRESSES.items():
            self.stdout.write(f"    {settings.WAGTAILADMIN_BASE_URL}{path}  {what}")
