"""Demo accounts never meet the open internet."""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

MESSAGE = "The database holds demo accounts, whose passwords everybody knows. Remove them with: manage.py remove_demo_accounts"


def _has_demo_accounts() -> bool:
    from cms.users.models import User

    try:
        return User.objects.filter(is_demo=True).exists()
    except DatabaseError:  # before the first migration
        return False


@register(Tags.database)
def check_demo_accounts(app_configs: Sequence[AppConfig] | None, **_kwargs: Any) -> list[CheckMessage]:
    """`manage.py check --database default` names the fault before a server is started."""
    if settings.DEMO_ACCOUNTS_ALLOWED or not _has_demo_accounts():
        return []
    return [Error(MESSAGE, id="users.E001")]


def refuse_demo_accounts() -> None:
    """Stop the server's start when demo accounts are in a database that it may not serve."""
    if not settings.DEMO_ACCOUNTS_ALLOWED and _has_demo_accounts():
        raise ImproperlyConfigured(MESSAGE)
