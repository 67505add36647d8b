"""Rules about the rule sheet."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from budgeting_blocks.domain.phases import Kind, Stage
from budgeting_blocks.models import Ballot, Round, RoundResult, RoundSeal, RuleVersion
from budgeting_blocks.permissions.words import NOT_YOURS
from cms.common.decision import Decision
from cms.users.models import User


def can_edit_rules(user: User | AnonymousUser | None, round: Round) -> Decision:
    """Those with the permission may, until the rules are frozen."""
    if user is None or not user.has_perm("budgeting_blocks.change_rulesheet"):
        return Decision.no(_(NOT_YOURS))
    if RuleVersion.objects.filter(round=round).exists():
        return Decision.no(_("Säännöt on vahvistettu. Niitä voi muuttaa vain julkaistulla korjauksella."))
    return Decision.yes()


def can_freeze_rules(user: User | AnonymousUser | None, round: Round, undone: Sequence[str]) -> Decision:
    """Those with the permission may, once, when nothing of the checklist is undone."""
    if user is None or not user.has_perm("budgeting_blocks.freeze_rules"):
        return Decision.no(_(NOT_YOURS))
    if RuleVersion.objects.filter(round=round).exists():
        return Decision.no(_("Säännöt on jo vahvistettu."))
    if undone:
        return Decision.no(_("Vielä tekemättä: %(what)s.") % {"what": "; ".join(undone)})
    return Decision.yes()


def can_correct_rules(
    user: User | AnonymousUser | None, round: Round, now: datetime, *, changes_ballot_form: bool = False
) -> Decision:
    """Those with the permission may, until the box is sealed. `changes_ballot_form`: the way of voting or its limits
    would change, which is possible only as long as nobody has voted.
    """
    if user is None or not user.has_perm("budgeting_blocks.freeze_rules"):
        return Decision.no(_(NOT_YOURS))
    if not RuleVersion.objects.filter(round=round).exists():
        return Decision.no(_("Sääntöjä ei ole vahvistettu. Muokkaa niitä suoraan."))
    if RoundResult.objects.filter(round=round).exists():
        return Decision.no(_("Äänet on jo laskettu."))
    if RoundSeal.objects.filter(round=round).exists():
        return Decision.no(_("Uurna on sinetöity, joten sääntöjä ei voi enää muuttaa."))
    opened = round.schedule.stage(Kind.VOTING, now) in (Stage.OPEN, Stage.CLOSED)
    if changes_ballot_form and opened and Ballot.objects.filter(round=round).exists():
        return Decision.no(_("Ääniä on jo annettu, joten äänestystapa ja sen rajat eivät voi enää muuttua."))
    return Decision.yes()


def can_rehearse(user: User | AnonymousUser | None, round: Round) -> Decision:
    """Those may who may freeze the rules, until they are frozen."""
    if not (decision := can_discard_rehearsal(user)):
        return decision
    if round.rehearsal_of_id is not None:
        return Decision.no(_("Tämä kierros on itse harjoitus."))
    if RuleVersion.objects.filter(round=round).exists():
        return Decision.no(_("Säännöt on vahvistettu. Harjoitella voi ennen sitä."))
    return Decision.yes()


def can_discard_rehearsal(user: User | AnonymousUser | None) -> Decision:
    """Those who may freeze the rules, at any time."""
    if user is None or not user.has_perm("budgeting_blocks.freeze_rules"):
        return Decision.no(_(NOT_YOURS))
    return Decision.yes()
