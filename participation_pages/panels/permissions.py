"""Who may do what with panels, and why not. Roles get these rights in `roles.py`."""

from datetime import datetime

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.utils.translation import gettext as _

from cms.common.decision import Decision
from participation_pages.dates import written_date, written_time
from participation_pages.panels.domain.schedule import CallState, Standing, call_state
from participation_pages.panels.models import Panel

StaffUser = AbstractUser | AnonymousUser

VIEW_APPLICATIONS = "participation_pages.view_panelapplication"
VIEW_CONTACTS = "participation_pages.view_applicationcontact"
CHANGE_PANEL = "participation_pages.change_panel"
RESCHEDULE = "participation_pages.reschedule_panel"


def can_apply(panel: Panel, standing: Standing, now: datetime) -> Decision:
    """Anybody may apply while the panel is published and its call is open by the clock."""
    state = call_state(standing, now)
    if not panel.live:
        return Decision.no(_("Tähän raatiin ei voi nyt hakea."))
    if state is CallState.OPEN:
        return Decision.yes()
    if state is CallState.CLOSED:
        return Decision.no(_("Haku on päättynyt, joten hakemusta ei voi enää lähettää."))
    if state is CallState.CANCELLED:
        return Decision.no(_("Haku on peruttu, joten hakemusta ei voi lähettää."))
    if standing.window is None:
        return Decision.no(_("Tähän raatiin ei voi nyt hakea."))
    return Decision.no(
        _("Haku ei ole vielä alkanut. Se alkaa %(date)s klo %(time)s.")
        % {"date": written_date(standing.window.starts_at), "time": written_time(standing.window.starts_at)}
    )


def can_view_applications(user: StaffUser) -> Decision:
    """The answers, without contact details, also as an export."""
    return _with_right(user, VIEW_APPLICATIONS, _("Raatihakemukset näkevät vain ne, jotka järjestävät raadin."))


def can_view_contact(user: StaffUser) -> Decision:
    """An applicant's e-mail address or phone number; each look is logged."""
    if not (decision := can_view_applications(user)):
        return decision
    return _with_right(user, VIEW_CONTACTS, _("Sinulla ei ole oikeutta nähdä hakijoiden yhteystietoja."))


def can_reschedule(user: StaffUser) -> Decision:
    """Postpone and cancel a call or a session."""
    return _with_right(user, RESCHEDULE, _("Raadin aikataulua muuttavat vain ne, jotka järjestävät raadin."))


def can_see_panel_drafts(user: StaffUser) -> Decision:
    """Whether a page may tell this visitor why a panel does not show."""
    return _with_right(user, CHANGE_PANEL, "")


def _with_right(user: StaffUser, right: str, reason: str) -> Decision:
    allowed = user.is_active and user.has_perm(right)
    return Decision.yes() if allowed else Decision.no(reason)
