"""Reads about ballots and results. Nothing here tells a count of a round whose result is not published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from budgeting_blocks.choices import BALLOT_STATES, PhaseKind
from budgeting_blocks.models import Ballot, Proposal, ResultLine, Round, RoundResult, VotingRight


@dataclass(frozen=True)
class BallotPaper:
    """What a round's voters choose from: the proposals that passed to the vote, by theme and title, and the money."""

    round: Round
    items: tuple[Proposal, ...]

    @property
    def budget(self) -> int:
        return self.round.budget

    @cached_property
    def costs(self) -> dict[int, int]:
        """Price in euros by proposal id."""
        return {item.pk: item.screening.cost or 0 for item in self.items}

    def chosen(self, ids: Iterable[int]) -> list[Proposal]:
        """The items with these ids, in the paper's order; unknown ids are left out."""
        wanted = set(ids)
        return [item for item in self.items if item.pk in wanted]


def _on_ballot(round: Round) -> QuerySet[Proposal]:
    return Proposal.objects.filter(round=round, live=True, screening__state__in=BALLOT_STATES)


def ballot_paper(round: Round) -> BallotPaper:
    """One query, however many items."""
    items = (
        _on_ballot(round)
        .select_related("theme", "screening", "round")
        .order_by("theme__sort_order", "theme__name", "title", "pk")
    )
    return BallotPaper(round, tuple(items))


def ballot_costs(round: Round, ids: Iterable[int]) -> dict[int, int]:
    """The price in euros of those of these proposals that are on the round's ballot."""
    rows = _on_ballot(round).filter(pk__in=set(ids), screening__cost__isnull=False)
    return {pk: cost or 0 for pk, cost in rows.values_list("pk", "screening__cost")}


def published_result(round: Round) -> RoundResult | None:
    """The round's result when it has been published, else None."""
    return RoundResult.objects.filter(round=round, published_at__isnull=False).first()


def result_lines(result: RoundResult) -> QuerySet[ResultLine]:
    """The lines of a published result in the order of rank, each with its proposal."""
    return result.lines.filter(result__published_at__isnull=False).select_related(
        "proposal__theme", "proposal__screening", "proposal__round"
    )


def published_ballots() -> QuerySet[Ballot]:
    """Ballots of rounds whose result is out; no others may be shown to anybody."""
    return Ballot.objects.filter(round__result__published_at__isnull=False)


def rounds_to_count(now: datetime) -> QuerySet[Round]:
    """Rounds whose voting has closed and whose votes are not counted."""
    return Round.objects.filter(
        phases__kind=PhaseKind.VOTING,
        phases__closes_at__lte=now,
        result=None,
        code_batches__isnull=False,
        rehearsal_of=None,
    ).distinct()


def results_to_publish() -> QuerySet[RoundResult]:
    """Results that are counted and not published."""
    return RoundResult.objects.filter(published_at=None, round__rehearsal_of=None).select_related("round")


def voting_rounds() -> QuerySet[Round]:
    """Rounds with a voting phase, each with its phases, result, number of codes and of used ones."""
    return (
        Round.objects.filter(phases__kind=PhaseKind.VOTING, rehearsal_of=None)
        .select_related("result")
        .prefetch_related("phases")
        .annotate(
            code_count=_count_codes(),
            used_count=_count_codes(used=True),
        )
        .order_by("-pk")
    )


def _count_codes(**conditions: bool) -> Coalesce:
    codes = VotingRight.objects.filter(round=OuterRef("pk"), **conditions).order_by().values("round")
    return Coalesce(Subquery(codes.annotate(n=Count("pk")).values("n")), 0)


def rehearsal_lines(round: Round) -> QuerySet[ResultLine]:
    """The counted lines of a rehearsal: nothing in it is secret. None of a real round."""
    return ResultLine.objects.filter(result__round=round, result__round__rehearsal_of__isnull=False).select_related(
        "proposal"
    )
