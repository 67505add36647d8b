"""From the closed box to the published result."""

from __future__ import annotations

import hmac
import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from budgeting_blocks.choices import AgeBand, MeansKind, ScreeningState, VoidReason
from budgeting_blocks.domain.comparing import Comparison, compare_counts
from budgeting_blocks.domain.countlog import RoundCount, count_box
from budgeting_blocks.domain.freezing import Frozen
from budgeting_blocks.domain.rules import TieRule
from budgeting_blocks.domain.turnout import Group, hide_small
from budgeting_blocks.models import (
    Area,
    Ballot,
    PaperBatch,
    ProposalContact,
    ResultLine,
    Round,
    RoundResult,
    RoundSeal,
    Screening,
    VotingRight,
)
from budgeting_blocks.permissions.voting import can_count_round, can_publish_result, can_see_count
from budgeting_blocks.selectors.counted import Box, read_box
from budgeting_blocks.selectors.rules import rules_in_force
from budgeting_blocks.services.boxes import hold_box
from budgeting_blocks.services.delivery import start_deliveries
from budgeting_blocks.services.followers import tell_followers
from budgeting_blocks.services.freezing import commit_to
from budgeting_blocks.services.letters import send_letter
from budgeting_blocks.services.sealing import SealRefused, seal_round
from cms.common import pagecache
from cms.common.errors import ServiceError
from cms.users.models import User


class CountRefused(ServiceError):
    """The votes were not counted."""


class PublishRefused(ServiceError):
    """The result was not published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """The decision by which a result becomes public: who signed it (a role), which body, when, and its section (§).
    `eligible`: how many might have voted, for the turnout; None where nobody knows."""

    by: str
    body: str
    date: date
    section: str
    eligible: int | None = None

    @property
    def sentence(self) -> str:
        """As residents read it: ”Kaupunginhallitus 22.4.2026 § 123, kaupunginjohtaja”."""
        day = formats.date_format(self.date, "SHORT_DATE_FORMAT")
        section = self.section.strip().removeprefix("§").strip()
        return f"{self.body.strip()} {day} § {section}, {self.by.strip()}"


@transaction.atomic
def count_round(*, round: Round, user: User, lot_seed: str = "", now: datetime | None = None) -> RoundResult:
    """Seal the closed round's box and count it by the rules in force. The result is stored and not public.

    `lot_seed` is what the rules' commitment was made of, where the tie rule is a lot. Raises CountRefused; then nothing is
    stored.
    """
    hold_box(round, alone=True)
    now = now or timezone.now()
    if not (decision := can_count_round(user, round, now)):
        raise CountRefused(decision.reason)
    frozen = rules_in_force(round)
    seed = _checked_seed(round, frozen, lot_seed)
    try:
        seal_round(round=round, user=user, now=now)
    except SealRefused as error:
        raise CountRefused(error.message, error.field) from error
    box = read_box(round, frozen)
    count = count_box(frozen, box.ballots, seed=seed)
    voided = _void_ballots(round, box)
    void = sum(number for _channel, _reason, number in voided)
    result = RoundResult(
        round=round,
        counted_at=now,
        voters=box.counted + void,
        void=void,
        voided=voided,
        ties=count.ties,
        log=count.log() | {"version": frozen.number, "fingerprint": frozen.fingerprint},
        turnout=_turnout(round, frozen),
        lot_seed=seed,
    )
    result.full_clean()
    result.save()
    ResultLine.objects.bulk_create(_lines(result, count))
    log(instance=round, action="budgeting.count_round", user=user)
    return result


@transaction.atomic
def publish_results(
    *, result: RoundResult, user: User | None, confirmation: Confirmation, now: datetime | None = None
) -> RoundResult:
    """Enter the confirmation, which makes a counted result public at once; its winners become projects."""
    now = now or timezone.now()
    if not (permission := can_publish_result(user, result)):
        raise PublishRefused(permission.reason)
    for field in ("by", "body", "section"):
        if not getattr(confirmation, field).strip():
            raise PublishRefused(_("Kirjoita, kuka vahvisti tuloksen ja milloin."), field)
    if confirmation.date > timezone.localdate(now):
        raise PublishRefused(_("Päätöspäivä ei voi olla tulevaisuudessa."), "date")
    if confirmation.eligible is not None and confirmation.eligible < max(1, result.voters or 0):
        raise PublishRefused(_("Äänioikeutettuja ei voi olla vähemmän kuin äänestäjiä."), "eligible")
    values = {
        "decision": confirmation.sentence,
        "decision_by": confirmation.by.strip(),
        "decision_body": confirmation.body.strip(),
        "decision_date": confirmation.date,
        "decision_section": confirmation.section.strip(),
        "eligible": confirmation.eligible,
        "published_at": now,
    }
    for name, value in values.items():
        setattr(result, name, value)
    result.full_clean()
    if not RoundResult.objects.filter(pk=result.pk, published_at=None).update(**values):
        raise PublishRefused(_("Tulos on jo julkaistu."))
    _implement_funded(result, now)
    log(instance=result.round, action="budgeting.publish_result", user=user)
    pagecache.invalidate()
    return result


@transaction.atomic
def open_count(*, result: RoundResult, user: User, again: bool = False) -> Comparison:
    """Other ways to count the box, for somebody who looks at a count that is not public, which is logged.

    The first look counts, some seconds for 100 000 ballots; the comparison is kept with the result for as long as the seal
    and the rules are the same. `again`: count now in any case.
    """
    if not (decision := can_see_count(user, result)):
        raise CountRefused(decision.reason)
    log(instance=result.round, action="budgeting.see_count", user=user)
    frozen = rules_in_force(result.round)
    digests = RoundSeal.objects.filter(round=result.round).values_list("digest", flat=True)
    made_of = [*digests, frozen.fingerprint, result.lot_seed]
    if again or result.comparison.get("made_of") != made_of:
        found = compare_counts(frozen, read_box(result.round, frozen).ballots, seed=result.lot_seed)
        result.comparison = {"made_of": made_of, **found.as_json()}
        result.save(update_fields=["comparison"])
    return Comparison.from_json(result.comparison)


def _void_ballots(round: Round, box: Box) -> list[tuple[str, str, int]]:
    """Ballots that give no vote, by channel and reason: those in the box, and sheets that never came into it."""
    paper = MeansKind.PAPER.value
    found = Counter[tuple[str, str]]()
    for means, number in box.void.items():
        found[paper if means == paper else "", VoidReason.OVER_LIMIT.value] += number
    for reasons in PaperBatch.objects.filter(round=round).values_list("void", flat=True):
        for reason, number in reasons.items():
            found[paper, reason] += number
    return [(*key, number) for key, number in sorted(found.items())]


def _checked_seed(round: Round, frozen: Frozen, seed: str) -> str:
    """The lot's seed, when there is a lot; it must be the one that was bound beforehand."""
    if frozen.rules.tie_rule is not TieRule.LOT:
        return ""
    if round.rehearsal_of_id:
        return secrets.token_hex(16)  # nobody bound one for it
    seed = seed.strip()
    if not hmac.compare_digest(commit_to(seed), frozen.rules.lot_commitment):
        raise CountRefused(_("Siemenluku ei ole se, johon ennen äänestystä sitouduttiin."), "lot_seed")
    return seed


def _lines(result: RoundResult, count: RoundCount) -> list[ResultLine]:
    items = [item for pot in count.pots for item in pot.items]
    return [
        ResultLine(
            result=result,
            proposal_id=item.item,
            pot_id=item.pot or None,
            rank=rank,
            votes=item.votes,
            cost=item.cost,
            funded=item.won,
            outcome=item.reason.value,
            why=dict(item.why),
        )
        for rank, item in enumerate(items, start=1)
    ]


def _turnout(round: Round, frozen: Frozen) -> dict[str, list[tuple[str, int | None]]]:
    """Voters by means, area and age band, small groups hidden before anything is stored."""
    means = Counter(Ballot.objects.filter(round=round).values_list("means", flat=True))
    rights = VotingRight.objects.filter(round=round, used=True)
    areas = Counter(name or "" for name in rights.values_list("area__name", flat=True))
    ages = Counter(rights.values_list("age_band", flat=True))
    known_areas = Area.objects.values_list("name", flat=True) if set(areas) - {""} else ()
    known_ages = AgeBand.values if set(ages) - {""} else ()
    tables = {
        "means": [(kind, means[kind]) for kind in MeansKind.values if kind in means or kind in frozen.means],
        # Groups of whom nobody voted are there as well: their absence would tell it.
        "area": [(name, areas[name]) for name in (*known_areas, "") if name or areas[""]],
        "age_band": [(band, ages[band]) for band in (*known_ages, "") if band or ages[""]],
    }
    return {
        name: [(group.key, group.voters) for group in hide_small(Group(key, key, voters) for key, voters in rows)]
        for name, rows in tables.items()
    }


def _implement_funded(result: RoundResult, now: datetime) -> None:
    """Funded proposals go on to be carried out, with the cost and reasons that they have, and their followers are told."""
    funded = result.lines.filter(funded=True).values("proposal")
    changed = Screening.objects.filter(proposal__in=funded, state=ScreeningState.PROCEEDS).select_related(
        "proposal__round"
    )
    told = [screening.proposal for screening in changed]
    changed.update(state=ScreeningState.IMPLEMENTED)
    start_deliveries(result=result, now=now)
    label = ScreeningState.IMPLEMENTED.label
    authors = ProposalContact.objects.filter(proposal__in=[proposal.pk for proposal in told], proposal__live=True)
    for contact in authors.select_related("proposal"):
        send_letter(contact, "decided", proposal=contact.proposal, state_label=label)
    for proposal in told:
        tell_followers(proposal, "follower_decided", state_label=label)
