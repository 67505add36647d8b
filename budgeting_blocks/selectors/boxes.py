"""What lies in a ballot box, as numbers and digests. Nothing here tells how the votes fall."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from budgeting_blocks.choices import PhaseKind
from budgeting_blocks.domain.freezing import fingerprint
from budgeting_blocks.domain.rules import MeansKind
from budgeting_blocks.domain.sealing import ballot_line, interim_digest, lines_digest, seal_digest
from budgeting_blocks.models import (
    Ballot,
    BallotChoice,
    IdentificationMeans,
    InterimSeal,
    Round,
    RoundResult,
    RoundSeal,
    RuleVersion,
    VoteReceipt,
    VotingRight,
)
from budgeting_blocks.selectors.rules import rules_in_force


@dataclass(frozen=True, slots=True)
class Balance:
    """How many there are of what belongs together. `used`: rights of other means than paper. A ballot on paper may have come
    without a receipt; how many of those there must be, the paper desk's own reconciliation tells."""

    ballots: int
    paper: int
    used: int
    receipts: int

    @property
    def holds(self) -> bool:
        return self.used == self.ballots - self.paper and self.receipts in (self.used, self.ballots)


def box_balance(round: Round) -> Balance:
    """Three counts that must meet; paper is checked by its own reconciliation."""
    ballots = Ballot.objects.filter(round=round)
    used = VotingRight.objects.filter(round=round, used=True).exclude(means=MeansKind.PAPER)
    return Balance(
        ballots=ballots.count(),
        paper=ballots.filter(means=MeansKind.PAPER).count(),
        used=used.count(),
        receipts=VoteReceipt.objects.filter(round=round).count(),
    )


def box_document(round: Round) -> dict[str, Any]:
    """The parts of the seal's digest, worked out from the rows as they are now."""
    ballots = dict.fromkeys(Ballot.objects.filter(round=round).values_list("pk", flat=True), "")
    receipts = VoteReceipt.objects.filter(round=round).values_list("code", flat=True)
    version = RuleVersion.objects.filter(round=round).order_by("-number").first()
    return {
        "rules": fingerprint(version.document) if version else rules_in_force(round).fingerprint,
        "rules_number": version.number if version else 0,
        "ballots": len(ballots),
        "ballots_digest": lines_digest(ballot_lines(round)),
        "receipts": len(receipts),
        "receipts_digest": lines_digest(receipts),
    }


def ballot_lines(round: Round) -> Iterator[str]:
    """One line for each ballot, as the seal's digest takes them (`domain.sealing`), in no order. Nobody else is to see
    them before the result is out."""
    choices: dict[int, list[tuple[int, int]]] = {}
    rows = BallotChoice.objects.filter(ballot__round=round).values_list("ballot_id", "proposal_id", "points")
    for ballot, proposal, points in rows.iterator(chunk_size=10_000):
        choices.setdefault(ballot, []).append((proposal, points))
    for pk, means, strength in Ballot.objects.filter(round=round).values_list("pk", "means", "strength").iterator():
        yield ballot_line(means, strength, choices.get(pk, ()))


def seal_faults(round: Round, seal: RoundSeal) -> list[str]:
    """What differs from the seal now, in English words for the console; nothing when all is as it was sealed."""
    then, now = seal.document, box_document(round)
    faults = []
    if seal.digest != seal_digest(then) or (seal.ballots, seal.rules_fingerprint) != (then["ballots"], then["rules"]):
        faults.append("seal: the seal's own row has been changed")
    for part, what in (("ballots", "ballots"), ("receipts", "receipts")):
        if then[part] != now[part]:
            faults.append(f"{what}: {then[part]} were sealed, {now[part]} are in the box")
        elif then[f"{part}_digest"] != now[f"{part}_digest"]:
            faults.append(f"{what}: the number is right, but one or more have been changed or exchanged")
    if (found := _sealed_rules(round, then)) != then["rules"]:
        faults.append(f"rules: the fingerprint was {then['rules']}, now it is {found or 'gone'}")
    faults += _rules_since(round, then)
    used = VotingRight.objects.filter(round=round, used=True).exclude(means=MeansKind.PAPER).count()
    # A year after the result the register is deleted, and then nothing can be said of it.
    if used != then["used_rights"] and VotingRight.objects.filter(round=round).exists():
        faults.append(f"register: {then['used_rights']} rights had been used, now {used} have")
    return faults


def _rules_since(round: Round, document: dict[str, Any]) -> Iterator[str]:
    """Rules other than the sealed ones: published since, or used by the count."""
    later = RuleVersion.objects.filter(round=round, number__gt=document["rules_number"])
    for number in later.order_by("number").values_list("number", flat=True):
        yield f"rules: version {number} came after the seal"
    # What was counted elsewhere names no rules.
    log = RoundResult.objects.filter(round=round).values_list("log", flat=True).first() or {}
    if (counted := log.get("fingerprint", document["rules"])) != document["rules"]:
        yield f"count: made by rules {counted}, sealed were {document['rules']}"


def _sealed_rules(round: Round, document: dict[str, Any]) -> str:
    """The fingerprint, worked out anew, of the rules that the box was sealed under."""
    if "rules_document" in document:
        return fingerprint(document["rules_document"])
    version = RuleVersion.objects.filter(round=round, number=document["rules_number"]).first()
    return fingerprint(version.document) if version else ""


def electronic_state(round: Round, secret: str) -> tuple[int, int, str]:
    """Ballots that did not come on paper, receipts, and the digest over both, from the rows as they are now."""
    lines = [line for line in ballot_lines(round) if not line.startswith(f"{MeansKind.PAPER}|")]
    receipts = list(receipt_codes(round))
    return len(lines), len(receipts), interim_digest(secret, lines, receipts)


def interim_faults(round: Round, seal: InterimSeal) -> list[str]:
    """What of the electronic votes is not as it was when the voting closed, in English words for the console. It can be told
    until the whole box is sealed."""
    ballots, receipts, digest = electronic_state(round, seal.secret)
    faults = []
    for what, then, now in (("ballots", seal.ballots, ballots), ("receipts", seal.receipts, receipts)):
        if then != now:
            faults.append(f"{what}: {then} were sealed at closing, {now} are in the box")
    if not faults and digest != seal.digest:
        faults.append("ballots or receipts: the number is right, but one or more have been changed or exchanged")
    return faults


_PAPER = IdentificationMeans.objects.filter(sheet__round=OuterRef("pk"), kind=MeansKind.PAPER)


def _closed_boxes(now: datetime) -> QuerySet[Round]:
    closed = Round.objects.filter(phases__kind=PhaseKind.VOTING, phases__closes_at__lte=now, seal=None, result=None)
    return closed.filter(Exists(Ballot.objects.filter(round=OuterRef("pk")))).distinct()


def rounds_to_seal(now: datetime) -> QuerySet[Round]:
    """Rounds with ballots whose voting has closed and whose box the clock may seal: not those that paper is still entered
    for, whose box is sealed when the votes are counted."""
    return _closed_boxes(now).exclude(Exists(_PAPER))


def rounds_to_seal_meanwhile(now: datetime) -> QuerySet[Round]:
    """Those that paper is still entered for, and whose electronic votes have no seal of their own yet."""
    return _closed_boxes(now).filter(Exists(_PAPER), interim_seal=None)


def receipt_codes(round: Round) -> QuerySet[VoteReceipt, str]:
    """The receipt codes of a round, sorted; public once the voting has closed."""
    return VoteReceipt.objects.filter(round=round).order_by("code").values_list("code", flat=True)
