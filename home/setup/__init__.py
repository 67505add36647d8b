"""Brings a database to the state in which staff can begin: languages, front page, roles, moderation.

Every step adds what is missing and takes nothing away, so it may be run again at every start and after every upgrade.
"""

from django.db import transaction

from home.setup.moderation import ensure_moderation
from home.setup.permissions import ensure_roles
from home.setup.site import ensure_locales, ensure_site

__all__ = ["set_up_site"]


@transaction.atomic
def set_up_site() -> None:
    """All steps, in one transaction."""
    ensure_locales()
    ensure_site()
    ensure_roles()
    ensure_moderation()
