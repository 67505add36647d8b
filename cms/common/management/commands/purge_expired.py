from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cms.common.retention import policies


class Command(BaseCommand):
    help = "Deletes the personal data whose time is up. Run it once a night."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        for policy in policies():
            self.stdout.write(f"{policy.name}: {policy.purge(now)}")
