"""Reads about votes on paper. Nothing here tells how they fall."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from budgeting_blocks.choices import VoidReason
from budgeting_blocks.domain.ballots import Choice, Problem, find_problem
from budgeting_blocks.domain.freezing import Frozen
from budgeting_blocks.domain.paper import Reading, Reconciliation, SheetState, settle
from budgeting_blocks.domain.rules import MeansKind
from budgeting_blocks.models import IdentificationMeans, PaperBatch, PaperEntry, PaperSheet, Round
from budgeting_blocks.selectors.rules import draft_rules, frozen_versions


@dataclass(frozen=True, slots=True)
class SheetReadings:
    """A sheet with its two readings, who made them, and the decision between them."""

    sheet: PaperSheet
    readings: tuple[Reading, ...]
    readers: tuple[int, ...]
    decision: Reading | None
    state: SheetState
    outcome: Reading | None


def rounds_with_paper() -> QuerySet[Round]:
    """Real rounds in which one can vote on paper, newest first, with their batches."""
    paper = IdentificationMeans.objects.filter(sheet__round=OuterRef("pk"), kind=MeansKind.PAPER)
    return (
        Round.objects.filter(Exists(paper), rehearsal_of=None)
        .prefetch_related("phases", "paper_batches")
        .order_by("-pk")
    )


def versions_of(round: Round) -> list[Frozen]:
    """The frozen versions, the first one first; the draft when there is none."""
    return frozen_versions(round) or [draft_rules(round)]


def numbered_items(versions: Sequence[Frozen]) -> dict[int, int]:
    """The printed number of each item, by proposal id. Numbers come from the first version, so that a correction does not
    change what printed papers mean."""
    return {pk: number for number, pk in enumerate(sorted(versions[0].items), start=1)}


def paper_problem(choices: Sequence[Choice], versions: Sequence[Frozen]) -> Problem | None:
    """What is wrong with a ballot by every version of the rules: papers printed before a correction stay good."""
    problems = [find_problem(choices, frozen) for frozen in versions]
    return None if None in problems else problems[-1]


def sheet_readings(batch: PaperBatch) -> list[SheetReadings]:
    """Every sheet of the batch, by number. Two queries."""
    return [_readings(sheet) for sheet in batch.sheets.order_by("number").prefetch_related("entries")]


def _readings(sheet: PaperSheet) -> SheetReadings:
    entries = sorted(sheet.entries.all(), key=lambda entry: entry.pk)
    read = [entry for entry in entries if not entry.decision_reason]
    decided = next((_reading(entry) for entry in entries if entry.decision_reason), None)
    readings = tuple(_reading(entry) for entry in read)
    state, outcome = settle(readings, decided)
    return SheetReadings(sheet, readings, tuple(entry.entered_by_id for entry in read), decided, state, outcome)


def _reading(entry: PaperEntry) -> Reading:
    return Reading({int(pk): points for pk, points in entry.choices.items()}, entry.void_reason)


def next_sheet(batch: PaperBatch, user_id: int) -> int | None:
    """The lowest number that this reader has not read and that two others have not; None when all are read."""
    full = set(
        batch.sheets.annotate(
            read=Count("entries", filter=Q(entries__decision_reason="")),
            mine=Count("entries", filter=Q(entries__decision_reason="", entries__entered_by=user_id)),
        )
        .filter(Q(read__gte=2) | Q(mine__gt=0))
        .values_list("number", flat=True)
    )
    return next((number for number in range(1, batch.received + 1) if number not in full), None)


def reconcile(batch: PaperBatch, sheets: Sequence[SheetReadings]) -> Reconciliation:
    """The numbers of a batch: of its sheets, or, when it is booked and they are gone, those that were kept."""
    shared = {
        name: getattr(batch, name) for name in ("printed", "unused", "received", "accepted", "duplicates", "unknown")
    }
    if batch.booked_on is not None:
        count = batch.good + sum(batch.void.values())
        kept = {"good": batch.good, "void": batch.void, "decided": batch.decided}
        return Reconciliation(**shared, **kept, sheets=count, waiting=0, differing=0)
    states = Counter(row.state for row in sheets)
    outcomes = [row.outcome for row in sheets if row.outcome is not None]
    return Reconciliation(
        **shared,
        sheets=len(sheets),
        waiting=states[SheetState.WAITS],
        differing=states[SheetState.DIFFERS],
        decided=sum(row.decision is not None for row in sheets),
        good=sum(not outcome.void for outcome in outcomes),
        void=dict(Counter(outcome.void for outcome in outcomes if outcome.void)),
    )


def booking_blockers(numbers: Reconciliation) -> list[str]:
    """What must be done before the batch can be booked, in sentences."""
    words = []
    if numbers.unhandled:
        words.append(_("Kuoria tarkistamatta: %(count)d.") % {"count": numbers.unhandled})
    if numbers.waiting:
        words.append(_("Lippuja, joita ei ole luettu kahdesti: %(count)d.") % {"count": numbers.waiting})
    if numbers.differing:
        words.append(_("Lippuja, joiden luennat eroavat: %(count)d.") % {"count": numbers.differing})
    if numbers.difference:
        counts = {"sheets": numbers.sheets, "accepted": numbers.accepted}
        text = _("Lippuja on %(sheets)d, mutta hyväksyttyjä kuoria %(accepted)d. Lukujen on oltava samat.")
        words.append(text % counts)
    return words


def void_lines(numbers: Reconciliation) -> list[tuple[str, int]]:
    """Each reason in words, with how many sheets were void for it."""
    return [(str(reason.label), numbers.void.get(reason.value, 0)) for reason in VoidReason]
