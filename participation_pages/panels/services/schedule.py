"""Postponing and cancelling. Each change is a new entry with its reason; nothing announced is overwritten."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.users.models import User
from participation_pages.panels.choices import CHANGE_MESSAGES
from participation_pages.panels.domain.schedule import ChangeKind, ChangeProblem, Window, change_problem
from participation_pages.panels.models import Panel, PanelChange, PanelSession
from participation_pages.panels.permissions import can_reschedule
from participation_pages.panels.selectors import call_standing, session_standing
from participation_pages.panels.services.errors import ScheduleError

_FIELDS = {
    ChangeProblem.ALREADY_CANCELLED: "kind",
    ChangeProblem.ENDS_BEFORE_START: "ends_at",
    ChangeProblem.TIME_IS_OVER: "ends_at",
}


# `known_changes`: how many entries the panel had when the form was opened; None when nobody looked at one.


def postpone_call(
    *,
    panel: Panel,
    reason: str,
    window: Window | None,
    user: User | None,
    now: datetime,
    known_changes: int | None = None,
) -> PanelChange:
    """Give the panel's call a new time, or leave it open (`window` None). Raises ScheduleError."""
    return _enter(panel, None, ChangeKind.POSTPONED, reason, window, user, now, known_changes)


def cancel_call(
    *, panel: Panel, reason: str, user: User | None, now: datetime, known_changes: int | None = None
) -> PanelChange:
    """Cancel the panel's call. Raises ScheduleError."""
    return _enter(panel, None, ChangeKind.CANCELLED, reason, None, user, now, known_changes)


def postpone_session(
    *,
    session: PanelSession,
    reason: str,
    window: Window | None,
    user: User | None,
    now: datetime,
    known_changes: int | None = None,
) -> PanelChange:
    """Give a session a new time, or leave it open (`window` None). Raises ScheduleError."""
    return _enter(session.panel, session, ChangeKind.POSTPONED, reason, window, user, now, known_changes)


def cancel_session(
    *, session: PanelSession, reason: str, user: User | None, now: datetime, known_changes: int | None = None
) -> PanelChange:
    """Cancel a session. Raises ScheduleError."""
    return _enter(session.panel, session, ChangeKind.CANCELLED, reason, None, user, now, known_changes)


@transaction.atomic
def _enter(
    panel: Panel,
    session: PanelSession | None,
    kind: ChangeKind,
    reason: str,
    window: Window | None,
    user: User | None,
    now: datetime,
    known_changes: int | None,
) -> PanelChange:
    """`user` is None for the installation's own commands, which nobody signs in for."""
    if user is not None and not (decision := can_reschedule(user)):
        raise ScheduleError(decision.reason)
    # Read again under the lock: an application or another member of staff may be at the same panel right now.
    panel = Panel.objects.select_for_update().get(pk=panel.pk)
    changes = list(panel.changes.all())
    if known_changes is not None and known_changes != len(changes):
        raise ScheduleError(_("Joku muu muutti raadin aikataulua juuri äsken. Tarkista tilanne ja yritä uudelleen."))
    standing = session_standing(session, changes) if session else call_standing(panel, changes)
    if problem := change_problem(standing, kind, window, now):
        raise ScheduleError(str(CHANGE_MESSAGES[problem]), field=_FIELDS.get(problem, "starts_at"))
    change = PanelChange(
        panel=panel,
        session=session,
        kind=kind.value,
        reason=reason.strip(),
        starts_at=window.starts_at if window else None,
        ends_at=window.ends_at if window else None,
        made_at=now,
        made_by=user,
    )
    try:
        change.full_clean()
    except ValidationError as error:
        message_dict = getattr(error, "message_dict", {})
        field, messages = next(iter(message_dict.items()), (None, error.messages))
        raise ScheduleError(messages[0], field=field) from error
    change.save()
    log(
        instance=panel,
        action=f"panels.schedule.{kind.value}",
        user=user,
        data={"what": session.title if session else "", "reason": change.reason},
    )
    return change
