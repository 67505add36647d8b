"""Deleting applications whose time is up."""

from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from participation_pages.panels.domain.schedule import purge_due_at
from participation_pages.panels.models import Panel, PanelApplication
from participation_pages.panels.selectors import call_standing, with_schedule


@transaction.atomic
def purge_applications(now: datetime) -> int:
    """Delete the applications, with contacts, of every panel whose call ended or was cancelled long enough ago.

    Returns how many. Withdrawn ones go with the others; their data went when they were withdrawn.
    """
    purged = 0
    for panel in with_schedule(Panel.objects.filter(applications__isnull=False).distinct()):
        due_at = purge_due_at(call_standing(panel, panel.changes.all()))
        if due_at is None or now < due_at:
            continue
        _total, per_model = PanelApplication.objects.filter(panel=panel).delete()
        count = per_model.get(PanelApplication._meta.label, 0)
        log(instance=panel, action="panels.application.purge", data={"count": count})
        purged += count
    return purged
