from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation

from home.catalogue import catalogue


class Command(BaseCommand):
    help = "Writes docs/reference/blocks.md: every block of the editors' menu. `make catalogue` takes the pictures too."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--output", type=Path, default=settings.BASE_DIR / "docs" / "reference" / "blocks.md")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("fi"):
            text = catalogue(options["output"].parent / "blocks")
        options["output"].write_text(text)
        self.stdout.write(f"Wrote {options['output']}")
