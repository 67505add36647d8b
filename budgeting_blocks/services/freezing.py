"""Freezing what a vote stands on, and correcting it in public."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from budgeting_blocks.domain.freezing import Correction, Frozen, corrected
from budgeting_blocks.domain.rules import TieRule
from budgeting_blocks.models import Round, RuleSheet, RuleVersion
from budgeting_blocks.permissions.rules import can_correct_rules, can_freeze_rules
from budgeting_blocks.selectors.opening import opening_checklist, undone
from budgeting_blocks.selectors.rules import draft_rules, rules_in_force
from budgeting_blocks.services.boxes import hold_box
from cms.common import pagecache
from cms.common.errors import ServiceError
from cms.users.models import User

# What a ballot looks like: with one vote in the box it stays.
BALLOT_FORM = frozenset(
    {"ballot_kind", "ballot_scope", "min_choices", "max_choices", "max_points", "max_points_per_item"}
)
SEED_LENGTH = 12


class FreezeRefused(ServiceError):
    """The rules were not frozen, and nothing changed."""


@transaction.atomic
def freeze_rules(*, round: Round, user: User, lot_seed: str = "", now: datetime | None = None) -> RuleVersion:
    """Freeze rules, money and items as they are now, with a fingerprint, in public.

    `lot_seed`: the words that settle a draw by lot. Only their hash is kept; whoever holds them types them at the count.
    """
    now = now or timezone.now()
    hold_box(round, alone=True)
    if not (decision := can_freeze_rules(user, round, undone(opening_checklist(round, now)))):
        raise FreezeRefused(decision.reason)
    sheet = RuleSheet.objects.get(round=round)
    if sheet.tie_rule == TieRule.LOT:
        if len(lot_seed.strip()) < SEED_LENGTH:
            raise FreezeRefused(
                _("Kirjoita arvan siemen: vähintään %(count)d merkkiä.") % {"count": SEED_LENGTH}, "lot_seed"
            )
        sheet.lot_commitment = commit_to(lot_seed)
        sheet.save(update_fields=["lot_commitment"])
    return store_version(round, draft_rules(round), number=1, reason="", user=user, now=now)


@transaction.atomic
def correct_rules(
    *, round: Round, user: User, reason: str, correction: Correction, now: datetime | None = None
) -> RuleVersion:
    """Publish the next version of frozen rules, with the reason. Ballots in the box stay good. Raises FreezeRefused."""
    now = now or timezone.now()
    # Voters hold the box together: nobody casts a ballot by rules that change meanwhile.
    hold_box(round, alone=True)
    changes_form = bool(BALLOT_FORM & correction.rules.keys())
    if not (decision := can_correct_rules(user, round, now, changes_ballot_form=changes_form)):
        raise FreezeRefused(decision.reason)
    if not reason.strip():
        raise FreezeRefused(_("Kirjoita, miksi sääntöjä korjataan."), "reason")
    before = rules_in_force(round)
    try:
        after = corrected(before, correction)
    except (KeyError, ValueError) as error:
        raise FreezeRefused(_("Korjaus koskee jotain, mitä äänestyksessä ei ole.")) from error
    if after.document() == before.document():
        raise FreezeRefused(_("Mikään ei muuttuisi."))
    if not after.items:
        raise FreezeRefused(_("Äänestykseen on jäätävä ainakin yksi ehdotus."), "withdrawn")
    _require_sound(round, after)
    return store_version(round, after, number=before.number + 1, reason=reason.strip(), user=user, now=now)


def commit_to(seed: str) -> str:
    """The hash that stands for a lot's seed until the votes are counted."""
    return hashlib.sha256(seed.strip().encode()).hexdigest()


def _require_sound(round: Round, frozen: Frozen) -> None:
    """What a rule sheet could not be, a correction cannot make of it."""
    values: dict[str, Any] = frozen.document()["rules"]
    sheet = RuleSheet(**values)
    try:
        sheet.clean_fields(exclude=["round"])
        sheet.validate_constraints(exclude=["round"])
    except ValidationError as error:
        raise FreezeRefused(" ".join(error.messages)) from error
    if any(pot.budget <= 0 for pot in frozen.pots) or any(item.cost <= 0 for item in frozen.items.values()):
        raise FreezeRefused(_("Rahan ja hintojen on oltava yli nolla."))


def store_version(
    round: Round, frozen: Frozen, *, number: int, reason: str, user: User | None, now: datetime
) -> RuleVersion:
    """Add a version. Nothing is checked here; `freeze_rules` and `correct_rules` do."""
    version = RuleVersion(
        round=round,
        number=number,
        document=frozen.document(),
        fingerprint=frozen.fingerprint,
        reason=reason,
        created_at=now,
        created_by=user,
    )
    version.full_clean()
    version.save()
    action = "budgeting.freeze_rules" if number == 1 else "budgeting.correct_rules"
    data = {"version": number, "fingerprint": version.fingerprint, "reason": reason}
    log(instance=round, action=action, user=user, data=data)
    pagecache.invalidate()
    return version
