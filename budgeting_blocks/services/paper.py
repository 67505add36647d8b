"""The paper desk: envelopes against the register, ballots into the box, and nothing that joins the two.

Single envelopes and sheets are not logged: a line with a time would put them in order. The batch is.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from budgeting_blocks.domain.ballots import Choice, Fault
from budgeting_blocks.domain.freezing import Frozen
from budgeting_blocks.domain.paper import BadMark, Reading, SheetState, VoidReason, parse_marks
from budgeting_blocks.domain.rules import USUAL_STRENGTH, BallotKind, MeansKind
from budgeting_blocks.models import Ballot, BallotChoice, PaperBatch, PaperEntry, PaperSheet, Round, VotingRight
from budgeting_blocks.permissions.ballots import problem_text
from budgeting_blocks.permissions.paper import can_book_paper, can_enter_paper
from budgeting_blocks.selectors.paper import (
    booking_blockers,
    numbered_items,
    paper_problem,
    reconcile,
    sheet_readings,
    versions_of,
)
from budgeting_blocks.selectors.rules import rules_in_force
from budgeting_blocks.services.boxes import hold_box, shuffle_box
from budgeting_blocks.services.codes import hash_code
from budgeting_blocks.services.rights import has_voted
from cms.common.errors import ServiceError
from cms.users.models import User


class PaperRefused(ServiceError):
    """Nothing of the paper desk changed. `suggests`: the reason for which a sheet read so would be void, or ""."""

    def __init__(self, message: str, field: str | None = None, suggests: str = "") -> None:
        super().__init__(message, field)
        self.suggests = suggests


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted by hand: papers given to a place, brought back unused, and envelopes that came."""

    printed: int
    unused: int
    received: int


@transaction.atomic
def save_batch(
    *, round: Round, label: str, counts: Counts, user: User, now: datetime, batch: PaperBatch | None = None
) -> PaperBatch:
    """Open a batch, or mend the label and the hand-counted numbers of an open one."""
    held = _hold(batch, user, now) if batch else PaperBatch(round=round)
    _require_entering(round, user, now, held if batch else None)
    held.label, held.printed, held.unused, held.received = label, counts.printed, counts.unused, counts.received
    held.full_clean()
    held.save()
    log(instance=held, action="wagtail.edit" if batch else "wagtail.create", user=user)
    return held


@transaction.atomic
def check_envelope(*, batch: PaperBatch, code: str, handled: int, user: User, now: datetime) -> str:
    """Check the code on an unopened envelope and use its right up. Says `accepted`, `duplicates` or `unknown`: only an
    accepted envelope's ballot goes among the others.

    `handled`: how many envelopes were handled when the form was made, so that a double click counts one.
    """
    batch = _hold(batch, user, now)
    done = batch.accepted + batch.duplicates + batch.unknown
    if done != handled:
        raise PaperRefused(_("Tämä kuori on jo kirjattu, tai joku muu kirjasi samaan aikaan. Tarkista luvut."))
    if done >= batch.received:
        raise PaperRefused(_("Kaikki erän kuoret on jo tarkistettu. Korjaa saapuneiden määrä, jos kuoria on lisää."))
    if not code.strip():
        raise PaperRefused(_("Kirjoita kuoren koodi."), "code")
    outcome = _use_right(batch.round, hash_code(batch.round, code))
    setattr(batch, outcome, getattr(batch, outcome) + 1)
    batch.save(update_fields=[outcome])
    return outcome


def _use_right(round: Round, secret_hash: str) -> str:
    hold_box(round)
    right = VotingRight.objects.select_for_update().filter(round=round, secret_hash=secret_hash).first()
    if right is None:
        return "unknown"
    if right.used or has_voted(round, right.person_hash):
        return "duplicates"
    # The register says that the person voted on paper, so that the numbers of each channel meet.
    taken = VotingRight.objects.filter(pk=right.pk, used=False).update(used=True, means=MeansKind.PAPER)
    return "accepted" if taken else "duplicates"


def read_marks(round: Round, marks: str, void_reason: str) -> Reading:
    """What was typed of a sheet, as proposals and points. Raises PaperRefused when it is no good ballot, with the reason
    for which such a sheet is void."""
    if void_reason:
        if marks.strip():
            raise PaperRefused(
                _("Hylätylle lipulle ei kirjata valintoja. Tyhjennä numerot tai hylkäyksen syy."), "marks"
            )
        return Reading(void=void_reason)
    versions = versions_of(round)
    choices = _choices(marks, versions)
    if problem := paper_problem(choices, versions):
        suggests = VoidReason.EMPTY if problem.fault is Fault.EMPTY else VoidReason.OVER_LIMIT
        raise PaperRefused(problem_text(problem), "marks", suggests)
    return Reading({choice.item: choice.points for choice in choices})


def _choices(marks: str, versions: Sequence[Frozen]) -> list[Choice]:
    by_number = {number: pk for pk, number in numbered_items(versions).items()}
    try:
        typed = parse_marks(marks)
    except BadMark as error:
        text = _("”%(part)s” ei ole ehdotuksen numero. Kirjoita numerot väleillä erotettuina.")
        raise PaperRefused(text % {"part": str(error)[:40]}, "marks") from error
    if unknown := [number for number, _points in typed if number not in by_number]:
        raise PaperRefused(_("Lipussa ei ole ehdotusta numero %(number)d.") % {"number": unknown[0]}, "marks")
    if versions[-1].rules.ballot_kind is not BallotKind.POINTS and (odd := [n for n, points in typed if points != 1]):
        raise PaperRefused(
            _("Tässä äänestyksessä ei anneta pisteitä (numero %(number)d).") % {"number": odd[0]}, "marks"
        )
    return [Choice(by_number[number], points) for number, points in typed]


@transaction.atomic
def enter_sheet(
    *, batch: PaperBatch, number: int, marks: str, void_reason: str, user: User, now: datetime
) -> SheetState:
    """Store one person's reading of a sheet; says how the sheet stands now. Two different people read each sheet."""
    batch = _hold(batch, user, now)
    if not 1 <= number <= batch.received:
        raise PaperRefused(_("Erän lippujen numerot ovat 1–%(last)d.") % {"last": batch.received}, "number")
    reading = read_marks(batch.round, marks, void_reason)
    sheet, _made = PaperSheet.objects.get_or_create(batch=batch, number=number)
    readers = set(sheet.entries.filter(decision_reason="").values_list("entered_by", flat=True))
    if user.pk in readers:
        raise PaperRefused(_("Olet jo lukenut tämän lipun. Toisen luennan tekee joku muu."), "number")
    if len(readers) >= 2:
        raise PaperRefused(_("Lippu on jo luettu kahdesti."), "number")
    _store(sheet, reading, user)
    return next(row.state for row in sheet_readings(batch) if row.sheet.pk == sheet.pk)


@transaction.atomic
def decide_sheet(
    *, sheet: PaperSheet, marks: str, void_reason: str, decision_reason: str, user: User, now: datetime
) -> None:
    """Decide between two readings that differ: by a third person, or by one who may book the batch."""
    batch = _hold(sheet.batch, user, now)
    row = next(row for row in sheet_readings(batch) if row.sheet.pk == sheet.pk)
    if row.state is not SheetState.DIFFERS:
        raise PaperRefused(_("Lipun luennat eivät eroa, tai ero on jo ratkaistu."))
    if user.pk in row.readers and not user.has_perm("budgeting_blocks.book_paper"):
        raise PaperRefused(_("Eron ratkaisee joku muu kuin lipun lukijat, tai koordinaattori."))
    if not decision_reason.strip():
        raise PaperRefused(_("Kirjoita, miksi ratkaisit näin."), "decision_reason")
    _store(sheet, read_marks(batch.round, marks, void_reason), user, decision_reason.strip())


def _store(sheet: PaperSheet, reading: Reading, user: User, decision_reason: str = "") -> None:
    entry = PaperEntry(
        sheet=sheet,
        entered_by=user,
        choices={str(pk): points for pk, points in sorted(reading.choices.items())},
        void_reason=reading.void,
        decision_reason=decision_reason,
    )
    entry.full_clean(exclude=["choices"])
    entry.save(force_insert=True)


@transaction.atomic
def book_batch(*, batch: PaperBatch, user: User, now: datetime | None = None) -> PaperBatch:
    """Put the batch's good ballots into the box, and forget its sheets: only counts stay.

    All of it is one transaction that also shakes the whole box, so that neither order, nor id, nor `xmin` tells which
    ballots came on paper from this batch.
    """
    hold_box(batch.round, alone=True)
    now = now or timezone.now()
    batch = PaperBatch.objects.select_for_update(of=("self",)).select_related("round").get(pk=batch.pk)
    frozen, sheets = rules_in_force(batch.round), sheet_readings(batch)
    numbers = reconcile(batch, sheets)
    if not (decision := can_book_paper(user, batch, frozen, now, booking_blockers(numbers))):
        raise PaperRefused(decision.reason)
    _fill_box(batch.round, frozen, [row.outcome for row in sheets if row.outcome and not row.outcome.void])
    PaperEntry.objects.filter(sheet__batch=batch).delete()
    PaperSheet.objects.filter(batch=batch).delete()
    batch.good, batch.decided, batch.void = numbers.good, numbers.decided, dict(numbers.void)
    batch.booked_on = timezone.localdate(now)
    batch.save()
    shuffle_box(batch.round)
    log(instance=batch, action="budgeting.book_paper", user=user, data={"ballots": batch.good})
    return batch


def _fill_box(round: Round, frozen: Frozen, outcomes: list[Reading]) -> None:
    strength = frozen.means.get(MeansKind.PAPER, USUAL_STRENGTH[MeansKind.PAPER])
    shuffler = secrets.SystemRandom()
    shuffler.shuffle(outcomes)
    ballots = [Ballot(round=round, means=MeansKind.PAPER, strength=strength) for _outcome in outcomes]
    choices = [
        BallotChoice(ballot=ballot, proposal_id=pk, points=points)
        for ballot, outcome in zip(ballots, outcomes, strict=True)
        for pk, points in outcome.choices.items()
    ]
    shuffler.shuffle(choices)
    Ballot.objects.bulk_create(ballots, batch_size=1000)
    BallotChoice.objects.bulk_create(choices, batch_size=1000)


def _hold(batch: PaperBatch, user: User, now: datetime) -> PaperBatch:
    """The batch as it is now, kept until the transaction ends, for one who may work on it."""
    held = PaperBatch.objects.select_for_update(of=("self",)).select_related("round").get(pk=batch.pk)
    _require_entering(held.round, user, now, held)
    return held


def _require_entering(round: Round, user: User, now: datetime, batch: PaperBatch | None) -> None:
    if not (decision := can_enter_paper(user, round, rules_in_force(round), now, batch)):
        raise PaperRefused(decision.reason)
