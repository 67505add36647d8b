"""From the closed box to the published result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from budgeting_blocks.choices import BALLOT_STATES, ScreeningState
from budgeting_blocks.domain.tally import Tally, count_ballots
from budgeting_blocks.models import (
    Ballot,
    BallotChoice,
    Proposal,
    ProposalContact,
    ResultLine,
    Round,
    RoundResult,
    Screening,
)
from budgeting_blocks.permissions.voting import can_count_round, can_publish_result
from budgeting_blocks.services.boxes import hold_box
from budgeting_blocks.services.letters import send_letter
from budgeting_blocks.services.sealing import SealRefused, seal_round
from cms.common import pagecache
from cms.common.errors import ServiceError
from cms.users.models import User


class CountRefused(ServiceError):
    """The votes were not counted."""


class PublishRefused(ServiceError):
    """The result was not published."""


@transaction.atomic
def count_round(*, round: Round, user: User, now: datetime | None = None) -> RoundResult:
    """Count the closed round's votes. The result is stored and shown to nobody before `publish_results`.

    The box is sealed first if it has not been. That refuses when ballots, used rights and receipts differ in number: a row
    has then been added or removed by other means.
    """
    hold_box(round, alone=True)
    now = now or timezone.now()
    if not (decision := can_count_round(user, round, now)):
        raise CountRefused(decision.reason)
    _seal(round, user, now)
    tally = _count(round)
    result = RoundResult(
        round=round,
        counted_at=now,
        voters=tally.ballots + tally.void,
        void=tally.void,
        ties=[list(tie) for tie in tally.ties],
    )
    result.full_clean()
    result.save()
    ResultLine.objects.bulk_create(
        ResultLine(
            result=result,
            proposal_id=line.item,
            rank=line.rank,
            votes=line.votes,
            cost=line.cost,
            funded=line.funded,
        )
        for line in tally.lines
    )
    log(instance=round, action="budgeting.count_round", user=user)
    return result


@transaction.atomic
def publish_results(
    *, result: RoundResult, user: User | None, decision: str, now: datetime | None = None
) -> RoundResult:
    """Make a counted result public at once. `decision` tells who confirmed it and when."""
    if not (permission := can_publish_result(user, result)):
        raise PublishRefused(permission.reason)
    result.decision = decision.strip()
    result.published_at = now or timezone.now()
    if not result.decision:
        raise PublishRefused(_("Kirjoita, kuka vahvisti tuloksen ja milloin."), "decision")
    result.full_clean()
    if not RoundResult.objects.filter(pk=result.pk, published_at=None).update(
        decision=result.decision, published_at=result.published_at
    ):
        raise PublishRefused(_("Tulos on jo julkaistu."))
    _implement_funded(result)
    log(instance=result.round, action="budgeting.publish_result", user=user)
    pagecache.invalidate()
    return result


@dataclass(frozen=True, slots=True)
class PastLine:
    """One proposal of a round that ended before this site was there, in the order of the result. `votes`: None when the
    city no longer knows."""

    proposal: Proposal
    votes: int | None = None
    funded: bool = True


@transaction.atomic
def record_past_result(
    *,
    round: Round,
    lines: Sequence[PastLine],
    voters: int | None,
    decision: str,
    published_at: datetime,
    user: User | None = None,
) -> RoundResult:
    """Enter the result of an old round, already public then. Every proposal needs its cost and reasons first."""
    if RoundResult.objects.filter(round=round).exists():
        raise CountRefused(_("Kierroksella on jo tulos."))
    if any(line.proposal.round_id != round.pk for line in lines):
        raise CountRefused(_("Ehdotus kuuluu toiseen kierrokseen."))
    result = RoundResult(
        round=round, counted_at=published_at, published_at=published_at, voters=voters, decision=decision
    )
    result.full_clean()
    result.save()
    for rank, line in enumerate(lines, start=1):
        row = ResultLine(
            result=result,
            proposal=line.proposal,
            rank=rank,
            votes=line.votes,
            cost=line.proposal.screening.cost or 0,
            funded=line.funded,
        )
        row.full_clean()
        row.save()
    _implement_funded(result)
    log(instance=round, action="budgeting.publish_result", user=user)
    pagecache.invalidate()
    return result


def _seal(round: Round, user: User, now: datetime) -> None:
    try:
        seal_round(round=round, user=user, now=now)
    except SealRefused as refusal:
        raise CountRefused(refusal.message, refusal.field) from refusal


def _count(round: Round) -> Tally:
    ballots: dict[int, list[int]] = {pk: [] for pk in Ballot.objects.filter(round=round).values_list("pk", flat=True)}
    choices = BallotChoice.objects.filter(ballot__round=round).values_list("ballot_id", "proposal_id")
    for ballot_id, proposal_id in choices.iterator(chunk_size=10_000):
        ballots[ballot_id].append(proposal_id)
    costs: dict[int, int] = {}
    withdrawn: list[int] = []
    priced = Screening.objects.filter(proposal__round=round, cost__isnull=False)
    for proposal_id, state, cost, live in priced.values_list("proposal_id", "state", "cost", "proposal__live"):
        costs[proposal_id] = cost or 0
        if state not in BALLOT_STATES or not live:
            withdrawn.append(proposal_id)
    return count_ballots(ballots.values(), costs, round.budget, withdrawn)


def _implement_funded(result: RoundResult) -> None:
    """Funded proposals go on to be carried out, with the cost and reasons that they have, and their authors are told."""
    funded = result.lines.filter(funded=True).values("proposal")
    changed = Screening.objects.filter(proposal__in=funded, state=ScreeningState.PROCEEDS)
    told = list(ProposalContact.objects.filter(proposal__in=changed.values("proposal"), proposal__live=True))
    changed.update(state=ScreeningState.IMPLEMENTED)
    for contact in told:
        send_letter(contact, "decided", proposal=contact.proposal, state_label=ScreeningState.IMPLEMENTED.label)
