"""Rules about projects."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from budgeting_blocks.models import Delivery
from budgeting_blocks.permissions.words import NOT_YOURS
from cms.common.decision import Decision
from cms.users.models import User


def can_update_delivery(user: User | AnonymousUser | None, delivery: Delivery) -> Decision:
    """Those with the permission may, at any time: also what is done may need a later word."""
    if user is None or not user.has_perm("budgeting_blocks.change_delivery"):
        return Decision.no(_(NOT_YOURS))
    return Decision.yes()
