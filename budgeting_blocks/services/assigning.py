"""Sharing the assessments out among the city's units."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from budgeting_blocks.models import Screening
from budgeting_blocks.permissions.screening import can_assign_screening
from budgeting_blocks.selectors.screening import visible_screenings
from budgeting_blocks.services.assessing import KEEP, Keep, ScreeningError
from cms.common.mail import absolute_url, send_mail_on_commit
from cms.users.models import Unit, User


@transaction.atomic
def assign_screenings(
    *,
    screenings: Collection[int],
    user: User | None,
    unit: Unit | Keep = KEEP,
    due_on: date | Keep = KEEP,
) -> int:
    """Give these assessments (by id) to a unit, or a due date, or both. The unit is told by one mail. Returns how many.

    All or none: one id that the user may not see, or that is not there, refuses them all. Raises ScreeningError.
    """
    if not (decision := can_assign_screening(user)):
        raise ScreeningError(decision.reason)
    wanted = set(screenings)
    rows = list(
        Screening.objects.select_for_update(of=("self",))
        .select_related("proposal")
        .filter(pk__in=visible_screenings(user).filter(pk__in=wanted).order_by().values("pk"))
    )
    if not wanted or len(rows) != len(wanted):
        raise ScreeningError(_("Osaa valituista ehdotuksista ei löydy, joten mitään ei muutettu."))
    moved = 0
    for row in rows:
        moved += unit is not KEEP and row.unit_id != unit.pk
        row.unit = row.unit if unit is KEEP else unit
        row.due_on = row.due_on if due_on is KEEP else due_on
        row.version += 1
        row.full_clean()
        row.save(update_fields=["unit", "due_on", "version"])
        data = {"unit": row.unit.name if row.unit else "", "due_on": row.due_on.isoformat() if row.due_on else ""}
        log(instance=row.proposal, action="budgeting.assign_screening", user=user, data=data)
    if unit is not KEEP and moved and unit.email:
        send_mail_on_commit(
            to=unit.email,
            template="budgeting_blocks/mail/assigned",
            context={
                "count": moved,
                "board_url": absolute_url(reverse("budgeting_screening:index")),
                "site_name": settings.WAGTAIL_SITE_NAME,
            },
        )
    return len(rows)
