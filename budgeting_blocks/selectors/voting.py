"""Reads about ballots and results. Nothing here tells a count of a round whose result is not published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from budgeting_blocks.choices import PhaseKind
from budgeting_blocks.domain.ballots import items_on_ballot
from budgeting_blocks.domain.fairness import ORDERS, place_in_order
from budgeting_blocks.domain.freezing import Frozen, PotShare, Rules
from budgeting_blocks.domain.rules import BallotScope
from budgeting_blocks.models import Ballot, Proposal, ResultLine, Round, RoundResult, VotingRight
from budgeting_blocks.selectors.rules import rules_in_force


@dataclass(frozen=True, slots=True)
class PaperItem:
    """One item as it stands on the ballot; `url` is empty when there is no page to read more on. `pot` is its pot's key."""

    pk: int
    title: str
    cost: int
    pot: int
    theme: str
    summary: str = ""
    url: str = ""


@dataclass(frozen=True)
class BallotPaper:
    """What a round's voters choose from, and by which rules. `pot`: the key of the one pot that the voter picked, where the
    rules ask for that. `order`: which of the fair orders the items stand in."""

    round: Round
    frozen: Frozen
    pot: int | None = None
    order: int = 0

    @property
    def rules(self) -> Rules:
        return self.frozen.rules

    @cached_property
    def costs(self) -> dict[int, int]:
        """Price in euros by proposal id."""
        return items_on_ballot(self.frozen)

    @cached_property
    def items(self) -> tuple[PaperItem, ...]:
        """Every item, by theme and then in the paper's order. One query, made only when they are shown."""
        return tuple(_paper_items(self.round, self.frozen, self.costs, self.order))

    @property
    def asks_for_pot(self) -> bool:
        """Whether the voter picks one of several pots."""
        return self.rules.ballot_scope is BallotScope.ONE and len(self.frozen.pots) > 1

    @property
    def limits_by_pot(self) -> bool:
        """Whether the limits hold in each pot for itself."""
        return self.rules.ballot_scope is not BallotScope.ACROSS and len(self.frozen.pots) > 1

    @property
    def pots(self) -> tuple[PotShare, ...]:
        """The pots that stand on the paper: all, or the one that was picked."""
        return tuple(pot for pot in self.frozen.pots if self.pot in (None, pot.key))

    @property
    def budget(self) -> int:
        """The money of the pots on the paper, in euros."""
        return sum(pot.budget for pot in self.pots)

    def chosen(self, ids: Iterable[int]) -> list[PaperItem]:
        """The items with these ids, in the paper's order; unknown ids are left out."""
        wanted = set(ids)
        return [item for item in self.items if item.pk in wanted]


def ballot_paper(round: Round, *, pot: int | None = None, order: int = 0) -> BallotPaper:
    """The round's ballot by the rules in force."""
    return BallotPaper(round, rules_in_force(round), pot, order % ORDERS)


def _paper_items(round: Round, frozen: Frozen, costs: dict[int, int], order: int) -> Iterator[PaperItem]:
    rows = (
        Proposal.objects.filter(round=round)
        .order_by("theme__sort_order", "theme__name")
        .values_list("pk", "summary", "live", "theme__name", "theme__sort_order")
    )
    base = reverse("budgeting:proposal_short", args=[0]).removesuffix("0/")
    on_paper = [row for row in rows.iterator() if row[0] in costs]
    on_paper.sort(key=lambda row: (row[4], row[3], place_in_order(row[0], order)))
    for pk, summary, live, theme, _sort in on_paper:
        item = frozen.items[pk]
        yield PaperItem(pk, item.title, item.cost, item.pot, theme, summary, f"{base}{pk}/" if live else "")


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
    """Rounds with a voting phase, each with its phases, result, seal, number of codes and of used ones."""
    return (
        Round.objects.filter(phases__kind=PhaseKind.VOTING, rehearsal_of=None)
        .select_related("result", "seal")
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
