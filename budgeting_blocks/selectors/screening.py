"""Reads about assessments: the board, and one proposal's family."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from budgeting_blocks.choices import WAITING_STATES
from budgeting_blocks.models import Proposal, ProposalContact, Screening, ScreeningQuestion
from budgeting_blocks.permissions.screening import can_assign_screening
from cms.users.models import User


def visible_screenings(user: User | AnonymousUser | None) -> QuerySet[Screening]:
    """The assessments that the user works on: everybody's, those of their own units, or none. Merged proposals have left."""
    if user is None or not user.has_perm("budgeting_blocks.change_screening"):
        return Screening.objects.none()
    screenings = Screening.objects.filter(proposal__merge=None)
    if can_assign_screening(user):
        return screenings
    return screenings.filter(unit__users=user.pk)


def board(user: User | AnonymousUser | None) -> QuerySet[Screening]:
    """What the board lists, with all that it shows; `is_asked` and `is_answered` tell of questions to the author."""
    questions = ScreeningQuestion.objects.filter(screening=OuterRef("pk"))
    return (
        visible_screenings(user)
        .select_related("proposal__round", "proposal__theme", "unit", "pot")
        .annotate(
            is_asked=Exists(questions.filter(answered_at=None)), is_answered=Exists(questions.exclude(answered_at=None))
        )
    )


def by_due_date(screenings: QuerySet[Screening]) -> QuerySet[Screening]:
    """The most urgent first; those without a due date last."""
    return screenings.order_by(F("due_on").asc(nulls_last=True), "pk")


def late(screenings: QuerySet[Screening], today: date | None = None) -> QuerySet[Screening]:
    """Those that should have been decided on before today."""
    return waiting(screenings).filter(due_on__lt=today or timezone.localdate())


def waiting(screenings: QuerySet[Screening]) -> QuerySet[Screening]:
    """Published proposals that the city has not decided on."""
    return screenings.filter(state__in=WAITING_STATES, proposal__live=True)


def authors_of(proposal: Proposal) -> QuerySet[ProposalContact]:
    """How to reach everybody who made the proposal: its author and those of the proposals merged into it."""
    family = Q(proposal=proposal) | Q(proposal__merge__target=proposal)
    return ProposalContact.objects.filter(family).exclude(email="").order_by("pk")
