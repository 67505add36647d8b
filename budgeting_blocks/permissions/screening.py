"""Rules about the city's assessment of proposals."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.domain.screening import Finding, changes_ballot
from budgeting_blocks.models import Proposal, ProposalContact, Round, Screening, ScreeningQuestion
from budgeting_blocks.permissions.words import NOT_YOURS, moment_text
from cms.common.decision import Decision
from cms.users.models import User

NOT_YOUR_UNIT = "Ehdotus ei kuulu yksikkösi arvioitaviin."


def can_assign_screening(user: User | AnonymousUser | None) -> Decision:
    """Whether the user shares the work out: sees every unit's proposals, and sets unit, due date and pot."""
    if user is not None and user.has_perm("budgeting_blocks.assign_screening"):
        return Decision.yes()
    return Decision.no(_(NOT_YOURS))


def can_work_on_screening(user: User | AnonymousUser | None, screening: Screening) -> Decision:
    """Whether the user sees this assessment with its questions and notes, and works on it: those who share the work out
    on each, an assessor on those of their own units."""
    if user is None or not user.has_perm("budgeting_blocks.change_screening"):
        return Decision.no(_(NOT_YOURS))
    if can_assign_screening(user):
        return Decision.yes()
    assert isinstance(user, User)  # noqa: S101  (an anonymous one has no permission)
    # All units at once: a sheet of hundreds of rows asks for each row.
    if screening.unit_id is not None and screening.unit_id in {unit.pk for unit in user.units.all()}:
        return Decision.yes()
    return Decision.no(_(NOT_YOUR_UNIT))


def can_screen_proposal(
    user: User | AnonymousUser | None,
    proposal: Proposal,
    before: Finding,
    after: Finding,
    now: datetime,
    *,
    ballot: Decision | None = None,
) -> Decision:
    """Those who work on the assessment may. Once the rules are frozen or the vote has opened, nothing may change that the
    ballot depends on: what is on it, and what it costs there. The rest (an answer to a proposal that is not on the
    ballot, better reasons) may. `ballot`: what `can_change_ballot` says, where it was asked already.
    """
    if not (decision := can_work_on_screening(user, proposal.assessment)):
        return decision
    if proposal.first_published_at is None:
        return Decision.no(_("Ehdotus odottaa vielä moderointia. Arvioi se vasta, kun se on julkaistu."))
    if not changes_ballot(before, after):
        return Decision.yes()
    return can_change_ballot(proposal.round, now) if ballot is None else ballot


def can_change_ballot(round: Round, now: datetime) -> Decision:
    """Whether what stands on the round's ballot may still change: not from the freeze of the rules, nor the opening of
    the vote, on."""
    window = round.schedule.window(Kind.VOTING)
    if window is not None and now >= window.opens_at:
        return Decision.no(
            _("Äänestys alkoi %(moment)s. Äänestettävät ehdotukset ja niiden hinnat eivät voi enää muuttua.")
            % {"moment": moment_text(window.opens_at)}
        )
    if round.rule_versions.exists():
        return Decision.no(
            _("Säännöt ja äänestettävät ehdotukset on vahvistettu. Niitä voi muuttaa vain julkaistulla korjauksella.")
        )
    return Decision.yes()


def can_ask_author(user: User | AnonymousUser | None, screening: Screening) -> Decision:
    """Those who work on the assessment may, while the author can be reached and the city has not decided."""
    if not (decision := can_work_on_screening(user, screening)):
        return decision
    if screening.is_decided:
        return Decision.no(_("Ehdotus on jo arvioitu."))
    if not ProposalContact.objects.filter(proposal=screening.proposal_id).exclude(email="").exists():
        return Decision.no(_("Ehdottajaan ei saa yhteyttä: sähköpostiosoitetta ei ole tai se on jo poistettu."))
    return Decision.yes()


def can_answer_question(question: ScreeningQuestion) -> Decision:
    """Whoever holds the author's private link may, once, until the city has decided."""
    if question.answered_at is not None:
        return Decision.no(_("Kysymykseen on jo vastattu."))
    if question.screening.is_decided:
        return Decision.no(_("Ehdotus on jo arvioitu, joten kysymykseen ei enää vastata."))
    return Decision.yes()
