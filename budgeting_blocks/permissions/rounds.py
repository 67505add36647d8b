"""Rules about rounds."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from budgeting_blocks.domain.phases import Kind, Schedule, Stage, Window
from budgeting_blocks.models import Round
from cms.common.decision import Decision


def can_change_money(round: Round, after: int) -> Decision:
    """The money may change until the rules are frozen. `round` is the stored one."""
    if after != round.budget and round.is_frozen():
        return Decision.no(_("Säännöt on vahvistettu. Jaettava raha voi muuttua vain julkaistulla korjauksella."))
    return Decision.yes()


def can_change_voting_time(round: Round, after: Iterable[Window], now: datetime) -> Decision:
    """The voting time may change until the rules are frozen, and then as `Schedule.bears_voting_time` tells. `round` is the
    stored one, `after` the windows wanted instead."""
    schedule = round.schedule
    if not round.is_frozen() or schedule.bears_voting_time(Schedule.of(after).window(Kind.VOTING), now):
        return Decision.yes()
    if schedule.stage(Kind.VOTING, now) is Stage.CLOSED:
        return Decision.no(_("Äänestys on päättynyt, joten sen aikoja ei voi enää muuttaa."))
    return Decision.no(_("Äänestys on käynnissä. Vain sen päättymistä voi siirtää, ja vain tulevaan hetkeen."))
