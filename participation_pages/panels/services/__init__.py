"""Changes of state of panels, one function each."""

from participation_pages.panels.services.applications import (
    open_contact,
    record_export,
    submit_application,
    withdraw_application,
)
from participation_pages.panels.services.errors import ApplicationError, ScheduleError
from participation_pages.panels.services.retention import purge_applications
from participation_pages.panels.services.schedule import cancel_call, cancel_session, postpone_call, postpone_session

__all__ = [
    "ApplicationError",
    "ScheduleError",
    "cancel_call",
    "cancel_session",
    "open_contact",
    "postpone_call",
    "postpone_session",
    "purge_applications",
    "record_export",
    "submit_application",
    "withdraw_application",
]
