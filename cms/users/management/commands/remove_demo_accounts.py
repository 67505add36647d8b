from typing import Any

from django.core.management.base import BaseCommand

from cms.users.models import User


class Command(BaseCommand):
    help = "Deletes the accounts that load_demo made."

    # The check that refuses demo accounts must not refuse their removal.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        removed = 0
        for user in User.objects.filter(is_demo=True):
            user.delete()
            removed += 1
        self.stdout.write(f"Removed {removed} demo accounts.")
