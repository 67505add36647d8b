"""Reads about the register: who may vote by what, as counts only."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from budgeting_blocks.choices import MeansKind, PhaseKind, Strength
from budgeting_blocks.models import CodeBatch, Round, VotingRight
from budgeting_blocks.selectors.rules import rules_in_force


@dataclass(frozen=True, slots=True)
class MeansTurnout:
    """How many hold a right by one means, and how many have used it. Words are ready to show."""

    name: str
    strength: str
    given: int
    used: int


def turnout_by_means(round: Round) -> list[MeansTurnout]:
    """Each means of the round, and any other by which somebody holds a right."""
    rows = VotingRight.objects.filter(round=round).order_by().values("means")
    # A mail address may hold several rights, of which one can be used.
    given = Count("person_hash", distinct=True) + Count("pk", filter=Q(person_hash=None))
    rows = rows.annotate(given=given, spent=Count("pk", filter=Q(used=True)))
    counts = {means: (given, spent) for means, given, spent in rows.values_list("means", "given", "spent")}
    offered = {str(kind): str(strength) for kind, strength in rules_in_force(round).means.items()}
    return [
        MeansTurnout(
            name=str(kind.label),
            strength=str(Strength(offered[kind]).label) if kind in offered else "",
            given=counts.get(kind, (0, 0))[0],
            used=counts.get(kind, (0, 0))[1],
        )
        for kind in MeansKind
        if kind in offered or kind in counts
    ]


def batches_with_turnout(round: Round) -> QuerySet[CodeBatch]:
    """The round's batches, newest first, each with `given` and `used`, and its class if it is one."""
    return (
        CodeBatch.objects.filter(round=round)
        .select_related("class_list", "created_by", "round")
        .annotate(given=Count("rights"), used=Count("rights", filter=Q(rights__used=True)))
        .order_by("-created_at", "-pk")
    )


def rounds_with_desk() -> list[Round]:
    """Rounds that have a vote, with their phases; the desk's own page looks which of them is open."""
    return list(
        Round.objects.filter(phases__kind=PhaseKind.VOTING, result=None).prefetch_related("phases").order_by("-pk")
    )
