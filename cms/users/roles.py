"""The roles of staff. Each is a group of Wagtail; its permissions are put together by `home.setup`."""

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The value is the group's name as staff see it in the admin."""

    EDITOR = "Sisällöntuottajat", _("Sisällöntuottajat")
    COMMUNICATIONS = "Viestintä", _("Viestintä")
    MODERATOR = "Moderaattorit", _("Moderaattorit")
    SCREENER = "Arvioijat", _("Arvioijat")
    BUDGETING_COORDINATOR = "Osbu-koordinaattorit", _("Osbu-koordinaattorit")
    CASE_HANDLER = "Palautteen käsittelijät", _("Palautteen käsittelijät")
    ADMINISTRATOR = "Pääkäyttäjät", _("Pääkäyttäjät")


def group_of(role: Role) -> Group:
    """The role's group, made if it is missing."""
    return Group.objects.get_or_create(name=role.value)[0]
