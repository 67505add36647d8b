"""Rules about rounds."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from budgeting_blocks.domain.phases import Kind, Schedule, Stage, Window
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
    """The reason of `Schedule.bears_voting_time`. `schedule` is the one in force, `after` the windows wanted instead."""
    if schedule.bears_voting_time(Schedule.of(after).window(Kind.VOTING), now):
        return Decision.yes()
    if schedule.stage(Kind.VOTING, now) is Stage.CLOSED:
        return Decision.no(_("Äänestys on päättynyt, joten sen aikoja ei voi enää muuttaa."))
    return Decision.no(_("Äänestys on käynnissä. Vain sen päättymistä voi siirtää, ja vain tulevaan hetkeen."))
