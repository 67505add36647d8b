"""Rules about rounds."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from budgeting_blocks.domain.phases import Kind, Schedule, Window
from budgeting_blocks.permissions.words import moment_text
from cms.common.decision import Decision


def can_change_money(schedule: Schedule, before: int, after: int, now: datetime) -> Decision:
    """The money may change until the vote opens. `schedule` is the one in force."""
    window = schedule.window(Kind.VOTING)
    if before != after and window is not None and now >= window.opens_at:
        return Decision.no(
            _("Äänestys alkoi %(moment)s. Jaettava raha ei voi enää muuttua.")
            % {"moment": moment_text(window.opens_at)}
        )
    return Decision.yes()


def can_change_voting_time(schedule: Schedule, after: Iterable[Window], now: datetime) -> Decision:
    """Until the vote opens, freely. While it is open, only its end, and only to a moment still ahead. Then no more."""
    window = schedule.window(Kind.VOTING)
    wanted = Schedule.of(after).window(Kind.VOTING)
    if window is None or now < window.opens_at or wanted == window:
        return Decision.yes()
    if now >= window.closes_at:
        return Decision.no(_("Äänestys on päättynyt, joten sen aikoja ei voi enää muuttaa."))
    if wanted is None or wanted.opens_at != window.opens_at or wanted.closes_at <= now:
        return Decision.no(_("Äänestys on käynnissä. Vain sen päättymistä voi siirtää, ja vain tulevaan hetkeen."))
    return Decision.yes()
