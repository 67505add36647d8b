"""Rounds that were held elsewhere or before this site was there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from budgeting_blocks.choices import Outcome, ScreeningState
from budgeting_blocks.models import Area, Pot, Proposal, ResultLine, Round, RoundResult, Screening, Theme
from cms.common import pagecache
from cms.common.errors import ServiceError
from cms.users.models import User


class ArchiveRefused(ServiceError):
    """The result of the old round was not entered."""


@dataclass(frozen=True, slots=True)
class PastLine:
    """One proposal of an old round, in the order of the result. `votes` and `cost`: None when the city no longer knows."""

    proposal: Proposal
    votes: int | None = None
    funded: bool = True
    cost: int | None = None
    pot: Pot | None = None


@transaction.atomic
def add_past_proposal(
    *, round: Round, title: str, summary: str, description: str, theme: Theme, now: datetime, area: Area | None = None
) -> Proposal:
    """A proposal of an old round, published at `now`; nobody sent it in here, so nobody is told. Raises ValidationError."""
    proposal = Proposal(
        round=round,
        title=title,
        summary=summary,
        description=description,
        theme=theme,
        area=area,
        submitted_at=now,
        live=True,
        first_published_at=now,
        last_published_at=now,
    )
    proposal.full_clean()
    proposal.save()
    return proposal


@transaction.atomic
def record_past_result(
    *,
    round: Round,
    lines: Sequence[PastLine],
    voters: int | None,
    decision: str,
    published_at: datetime,
    reasons: str = "",
    decision_date: date | None = None,
    user: User | None = None,
) -> RoundResult:
    """Enter the result of an old round, already public then. What is not known is left out.

    Proposals without an assessment get one with `reasons`, so that their pages tell where they stand.
    """
    if RoundResult.objects.filter(round=round).exists():
        raise ArchiveRefused(_("Kierroksella on jo tulos."))
    if any(line.proposal.round_id != round.pk for line in lines):
        raise ArchiveRefused(_("Ehdotus kuuluu toiseen kierrokseen."))
    result = RoundResult(
        round=round,
        counted_at=published_at,
        published_at=published_at,
        voters=voters,
        decision=decision,
        decision_date=decision_date,
    )
    result.full_clean()
    result.save()
    for rank, line in enumerate(lines, start=1):
        cost = line.cost if line.cost is not None else line.proposal.assessment.cost
        row = ResultLine(
            result=result,
            proposal=line.proposal,
            pot=line.pot,
            rank=rank,
            votes=line.votes,
            cost=cost,
            funded=line.funded,
            outcome=Outcome.SELECTED if line.funded else Outcome.UNKNOWN,
        )
        row.full_clean()
        row.save()
        _assess(line, cost, reasons)
    log(instance=round, action="budgeting.publish_result", user=user)
    pagecache.invalidate()
    return result


def _assess(line: PastLine, cost: int | None, reasons: str) -> None:
    screening = Screening.objects.filter(proposal=line.proposal).first() or Screening(proposal=line.proposal)
    if line.funded:
        screening.state = ScreeningState.IMPLEMENTED
    elif cost:
        screening.state = ScreeningState.PROCEEDS
    screening.cost, screening.pot = screening.cost or cost, screening.pot or line.pot
    screening.reasons = screening.reasons or reasons
    screening.full_clean()
    screening.save()
