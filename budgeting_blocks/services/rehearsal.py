"""A rehearsal: a copy of a round in which made-up residents propose and vote, whose votes are counted, and which is thrown away.

A rehearsal round is never live, so that nothing public shows it, and sends no mail.
"""

from __future__ import annotations

import secrets
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from budgeting_blocks.choices import BALLOT_STATES, ScreeningState
from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.domain.rehearsing import made_up_choices
from budgeting_blocks.domain.rules import MeansKind
from budgeting_blocks.models import (
    Ballot,
    Criterion,
    IdentificationMeans,
    Phase,
    Pot,
    Proposal,
    Round,
    RoundResult,
    RuleSheet,
    Screening,
    Theme,
)
from budgeting_blocks.permissions.rules import can_discard_rehearsal, can_rehearse
from budgeting_blocks.selectors.rules import draft_rules, rules_in_force
from budgeting_blocks.services.counting import count_round
from budgeting_blocks.services.freezing import store_version
from budgeting_blocks.services.made_up_voters import deal_means, give_rights, vote_on_paper
from budgeting_blocks.services.proposals import ProposalText, submit_proposal
from budgeting_blocks.services.voting import BallotRefused, cast_ballot
from cms.common.errors import ServiceError
from cms.users.models import User

VOTERS, MOST_VOTERS = 100, 2_000
PROPOSALS = 3
HOUR = timedelta(hours=1)


class RehearsalRefused(ServiceError):
    """The rehearsal was not made or not thrown away."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What a rehearsal found: ballots in the box, tries to vote twice that were refused, and how long voting took."""

    round: Round
    result: RoundResult
    ballots: int
    refused: int
    seconds: float


def rehearse_round(*, round: Round, user: User, voters: int = VOTERS, now: datetime | None = None) -> Rehearsed:
    """Copy the round, let made-up residents propose and vote by every means of its rules, and count. All or nothing.

    An earlier rehearsal of the round is thrown away first. Takes about 15 ms a voter.
    """
    now = now or timezone.now()
    if not (decision := can_rehearse(user, round)):
        raise RehearsalRefused(decision.reason)
    least = len(draft_rules(round).means)
    if not least <= voters <= MOST_VOTERS:
        text = _("Äänestäjiä voi olla %(least)d–%(most)d, jotta jokaista tunnistustapaa kokeillaan.")
        raise RehearsalRefused(text % {"least": least, "most": MOST_VOTERS}, "voters")
    with transaction.atomic():
        for earlier in Round.objects.filter(rehearsal_of=round):
            discard_rehearsal(rehearsal=earlier, user=user)
        copy = _copy(round, now)
        _propose(copy, now - 2.5 * HOUR)
        frozen = draft_rules(copy)
        store_version(copy, frozen, number=1, reason="", user=user, now=now - HOUR)
        chance = Random(copy.pk)  # noqa: S311  (nothing secret: made-up votes)
        dealt = deal_means(frozen, voters)
        refused, seconds = _vote(copy, user, dealt, chance, now - HOUR / 2)
        refused += vote_on_paper(copy, user, dealt[MeansKind.PAPER], chance, now - HOUR / 2, now)
        ballots = Ballot.objects.filter(round=copy).count()
        result = count_round(round=copy, user=user, now=now)
        log(instance=round, action="budgeting.rehearse", user=user, data={"ballots": ballots})
    return Rehearsed(copy, result, ballots, refused, seconds)


@transaction.atomic
def discard_rehearsal(*, rehearsal: Round, user: User) -> None:
    """Delete a rehearsal and all that hangs on it. Refuses a real round."""
    real = rehearsal.rehearsal_of
    if real is None:
        raise RehearsalRefused(_("Tämä kierros ei ole harjoitus."))
    if not (decision := can_discard_rehearsal(user)):
        raise RehearsalRefused(decision.reason)
    _delete(Round.objects.filter(pk=rehearsal.pk, rehearsal_of__isnull=False))


def _copy(round: Round, now: datetime) -> Round:
    copy = Round(
        title=_("HARJOITUS: %(round)s") % {"round": round.title[:100]},
        slug=f"harjoitus-{secrets.token_hex(8)}",
        budget=round.budget,
        live=False,
        rehearsal_of=round,
    )
    copy.full_clean()
    copy.phases = [
        Phase(kind=kind, opens_at=now - (3 - place) * HOUR, closes_at=now - (2 - place) * HOUR)
        for place, kind in enumerate((Kind.PROPOSALS, Kind.SCREENING, Kind.VOTING))
    ]
    copy.pots = [Pot(**_values(pot, "round")) for pot in round.pots.all()]
    copy.criteria = [Criterion(**_values(criterion, "round")) for criterion in round.criteria.all()]
    copy.themes = list(round.themes.all())
    copy.save()
    _copy_rules(round, copy)
    _copy_items(round, copy)
    return copy


def _copy_rules(round: Round, copy: Round) -> None:
    sheet = RuleSheet.objects.filter(round=round).first()
    new = RuleSheet(round=copy, **(_values(sheet, "round") if sheet else {}))
    if sheet is not None:
        new.means = [IdentificationMeans(**_values(means, "sheet")) for means in sheet.means.all()]
    new.save()


def _copy_items(round: Round, copy: Round) -> None:
    """What has passed to the vote by now."""
    pots = dict(zip(round.pots.values_list("pk", flat=True), copy.pots.values_list("pk", flat=True), strict=True))
    items = Proposal.objects.filter(round=round, live=True, screening__state__in=BALLOT_STATES)
    for item in items.select_related("screening"):
        old = item.assessment
        # Not through `save()`: the site's search is not to hear of it.
        [new] = Proposal.objects.bulk_create([Proposal(**_values(item, "round", "submission_key"), round=copy)])
        Screening.objects.create(
            proposal=new,
            state=ScreeningState.PROCEEDS,
            cost=old.cost,
            upkeep=old.upkeep,
            reasons=old.reasons,
            pot_id=pots.get(old.pot_id) if old.pot_id else None,
        )


def _values(record: models.Model, *left_out: str) -> dict[str, object]:
    """The record's own plain columns, without its key and what is named."""
    skip = {"id", *left_out, "latest_revision", "live_revision", "locked_by"}
    fields = (field for field in record._meta.concrete_fields if field.name not in skip)
    return {field.attname: getattr(record, field.attname) for field in fields}


def _propose(copy: Round, now: datetime) -> None:
    """Made-up residents propose; the city accepts."""
    theme = copy.themes.first() or Theme.objects.first()
    if theme is None:
        raise RehearsalRefused(_("Lisää ensin ainakin yksi teema."))
    pot = copy.pots.first()
    money = pot.budget if pot else copy.budget
    for number in range(1, PROPOSALS + 1):
        text = ProposalText(
            title=_("Harjoitusehdotus %(number)d") % {"number": number},
            summary=_("Keksitty ehdotus, jolla äänestystä harjoitellaan."),
            description=_("Keksitty ehdotus, jolla äänestystä harjoitellaan."),
            theme=theme.pk,
        )
        proposal = submit_proposal(
            round=copy,
            text=text,
            email=f"harjoitus-{secrets.token_hex(8)}@example.invalid",
            submission_key=secrets.token_urlsafe(16),
            now=now,
        ).proposal
        Proposal.objects.filter(pk=proposal.pk).update(live=True, first_published_at=now)
        Screening.objects.update_or_create(
            proposal=proposal,
            defaults={
                "state": ScreeningState.PROCEEDS,
                "cost": max(1, money * number // 5),
                "reasons": text.summary,
                "pot": pot,
            },
        )


def _vote(copy: Round, user: User, dealt: Counter[MeansKind], chance: Random, now: datetime) -> tuple[int, float]:
    """All but those on paper; each fifth voter tries once more. Returns refused tries and seconds."""
    frozen, refused, began = rules_in_force(copy), 0, time.monotonic()
    for number, secret in enumerate(give_rights(copy, user, dealt, chance, now)):
        for _try in range(2 if number % 5 == 0 else 1):
            choices, key = made_up_choices(frozen, chance), secrets.token_urlsafe(16)
            try:
                cast_ballot(round=copy, code=secret, proposals=list(choices), points=choices, key=key, now=now)
            except BallotRefused:
                refused += 1
    return refused, time.monotonic() - began


def _delete(rows: models.QuerySet) -> None:
    """Delete the rows and first, again and again, what protects them: only what hangs on the rehearsal does."""
    while True:
        try:
            rows.delete()
        except (ProtectedError, RestrictedError) as error:
            objects = error.protected_objects if isinstance(error, ProtectedError) else error.restricted_objects
            by_model: dict[type[models.Model], list[object]] = {}
            for record in objects:
                by_model.setdefault(type(record), []).append(record.pk)
            for model, keys in by_model.items():
                for start in range(0, len(keys), 500):
                    _delete(model._base_manager.filter(pk__in=keys[start : start + 500]))
        else:
            return
