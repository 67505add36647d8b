"""A look at how to reach a sender."""

from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from feedback_forms.events import CaseEvent
from feedback_forms.models import Case, CaseContact
from feedback_forms.permissions import can_see_contact
from feedback_forms.services.errors import require


def look_at_contact(*, user: Any, case: Case) -> CaseContact | None:
    """The sender's contact details, or None when there are none. The look is written into the case's history."""
    require(can_see_contact(user, case))
    with transaction.atomic():
        contact = CaseContact.objects.filter(case=case).first()
        if contact is not None:
            log(instance=case, action=CaseEvent.CONTACT_SEEN, user=user)
    return contact
