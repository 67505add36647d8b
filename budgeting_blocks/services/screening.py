"""The city's assessment of proposals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from budgeting_blocks.choices import DECIDED_STATES, ScreeningState
from budgeting_blocks.domain.screening import Answer, Finding, State, missing
from budgeting_blocks.models import Criterion, CriterionFinding, Pot, Proposal, Round, Screening
from budgeting_blocks.permissions import can_screen_proposal
from budgeting_blocks.permissions.screening import can_assign_screening
from budgeting_blocks.selectors.screening import authors_of
from budgeting_blocks.services.followers import tell_followers
from budgeting_blocks.services.letters import send_letter
from cms.common.errors import ServiceError
from cms.users.models import Unit, User

MISSING_MESSAGES = {
    "cost": "Anna kustannusarvio: äänestykseen etenevällä on oltava hinta.",
    "reasons": "Kirjoita perustelut: ne näkyvät kaikille.",
}
T = TypeVar("T")


class Keep(Enum):
    """`KEEP` in place of a value leaves what is stored."""

    KEEP = "keep"


KEEP = Keep.KEEP


class ScreeningError(ServiceError):
    """An assessment was refused."""


class StaleScreening(ScreeningError):
    """Somebody else has changed the assessment meanwhile; `screening` is what they saved."""

    def __init__(self, screening: Screening) -> None:
        super().__init__(
            _(
                "Joku muu on muuttanut tätä arviointia sillä välin, joten muutoksiasi ei tallennettu. "
                "Avaa arviointi uudelleen ja tee muutoksesi siihen."
            )
        )
        self.screening = screening


@transaction.atomic
def record_screening(
    *,
    proposal: Proposal,
    state: str,
    cost: int | None,
    reasons: str,
    user: User | None,
    unit: Unit | Keep | None = KEEP,
    due_on: date | Keep | None = KEEP,
    pot: Pot | Keep | None = KEEP,
    upkeep: int | Keep | None = KEEP,
    cost_explanation: str | Keep = KEEP,
    upkeep_explanation: str | Keep = KEEP,
    findings: Mapping[int, Answer | None] | None = None,
    version: int | None = None,
) -> Screening:
    """Set where a proposal stands. `cost` in whole euros, `upkeep` in euros a year.

    `findings`: by the criterion's id; None takes a finding away, criteria that are not named keep theirs. `version`: that
    of the assessment which the user saw. A proposal on its way to the ballot of a round with pots that was given none
    gets the pot of its area.

    Raises ScreeningError (not allowed; a field that the state demands is empty), StaleScreening, or ValidationError (by
    field). The change is logged; when the state becomes a decision, the authors are told by mail after the transaction.
    """
    if state not in ScreeningState.values:
        raise ScreeningError(_("Valitse tila luettelosta."), "state")
    screening = hold_screening(proposal, version)
    _require_right_to_share(user, screening, {"unit": unit, "due_on": due_on, "pot": pot})
    if pot is KEEP and screening.pot_id is None and state == ScreeningState.PROCEEDS:
        pot = _natural_pot(proposal)
    new_pot = screening.pot if pot is KEEP else pot
    before = finding_of(screening)
    after = Finding(State(state), cost, _or(upkeep, screening.upkeep), new_pot.pk if new_pot else None)
    _require_right_to_decide(user, proposal, before, after)
    for field in sorted(missing(state, cost=cost, reasons=reasons)):
        raise ScreeningError(_(MISSING_MESSAGES[field]), field)
    _require_fitting_pot(proposal.round, state, new_pot)
    screening.state, screening.cost, screening.reasons = state, cost, reasons.strip()
    screening.pot, screening.upkeep = new_pot, after.upkeep
    screening.unit, screening.due_on = _or(unit, screening.unit), _or(due_on, screening.due_on)
    screening.cost_explanation = _or(cost_explanation, screening.cost_explanation).strip()
    screening.upkeep_explanation = _or(upkeep_explanation, screening.upkeep_explanation).strip()
    screening.version += 1
    screening.full_clean()
    screening.save()
    _record_findings(screening, findings or {})
    log(
        instance=proposal,
        action="budgeting.screen",
        user=user,
        data={"from": before.state.value, "to": state, "cost": cost, "version": screening.version},
    )
    if before.state != after.state and state in DECIDED_STATES and proposal.live:
        for contact in authors_of(proposal):
            send_letter(contact, "decided", proposal=proposal, state_label=ScreeningState(state).label)
        tell_followers(proposal, "follower_decided", state_label=ScreeningState(state).label)
    return screening


def hold_screening(proposal: Proposal, version: int | None) -> Screening:
    """The proposal's assessment, locked until the transaction ends. Raises StaleScreening when it is not `version`."""
    screening = Screening.objects.select_for_update().filter(proposal=proposal).first() or Screening(proposal=proposal)
    proposal.screening = screening
    if version is not None and version != screening.version:
        raise StaleScreening(screening)
    return screening


def finding_of(screening: Screening) -> Finding:
    """What the ballot depends on."""
    return Finding(State(screening.state), screening.cost, screening.upkeep, screening.pot_id)


def _or(value: T | Keep, stored: T) -> T:
    return stored if isinstance(value, Keep) else value


def _require_right_to_share(user: User | None, screening: Screening, shared: dict[str, Any]) -> None:
    """Unit, due date and pot belong to those who share the work out."""
    for field, value in shared.items():
        if value is KEEP or value == getattr(screening, field):
            continue
        if not (decision := can_assign_screening(user)):
            raise ScreeningError(decision.reason, field)


def _require_right_to_decide(user: User | None, proposal: Proposal, before: Finding, after: Finding) -> None:
    allowed = can_screen_proposal(user, proposal, before, after)
    if allowed:
        return
    changed = ("state", "cost", "upkeep", "pot")
    field = next((name for name in changed if getattr(before, name) != getattr(after, name)), "state")
    raise ScreeningError(allowed.reason, field)


def _natural_pot(proposal: Proposal) -> Pot | None:
    pots = list(proposal.round.pots.all())
    of_area = [pot for pot in pots if pot.area_id is not None and pot.area_id == proposal.area_id]
    of_all = [pot for pot in pots if pot.area_id is None]
    return next(iter(of_area or (of_all if len(of_all) == 1 else [])), None)


def _require_fitting_pot(round: Round, state: str, pot: Pot | None) -> None:
    if pot is not None:
        if pot.round_id != round.pk:
            raise ScreeningError(_("Valitse ehdotuksen oman kierroksen osuus."), "pot")
    elif state == ScreeningState.PROCEEDS and round.pots.exists():
        raise ScreeningError(_("Valitse osuus, jonka rahasta ehdotus kilpailee."), "pot")


def _record_findings(screening: Screening, findings: Mapping[int, Answer | None]) -> None:
    known = {criterion.pk: criterion for criterion in Criterion.objects.filter(round=screening.proposal.round_id)}
    for pk, answer in findings.items():
        if pk not in known:
            raise ScreeningError(_("Kriteeri kuuluu toiselle kierrokselle."))
        stored = CriterionFinding.objects.filter(screening=screening, criterion=pk).first()
        if answer is None:
            if stored is not None:
                stored.delete()
            continue
        finding = stored or CriterionFinding(screening=screening, criterion=known[pk])
        finding.met, finding.reason = answer.met, answer.reason.strip()
        if not finding.met and not finding.reason:
            raise ScreeningError(
                _("Kerro, miksi kriteeri ei täyty: %(name)s") % {"name": known[pk].name}, criterion_field(pk, "reason")
            )
        finding.full_clean()
        finding.save()
    if screening.state == ScreeningState.PROCEEDS:
        unmet = CriterionFinding.objects.filter(screening=screening, met=False).select_related("criterion").first()
        if unmet is not None:
            raise ScreeningError(
                _("Ehdotus ei täytä kriteeriä ”%(name)s”, joten se ei voi edetä äänestykseen.")
                % {"name": unmet.criterion.name},
                "state",
            )


def criterion_field(pk: int, part: str) -> str:
    """The form field of a criterion: `part` is "met" or "reason"."""
    return f"criterion-{pk}-{part}"
