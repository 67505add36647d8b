"""Projects: started when a result is published, then told of until they are done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from budgeting_blocks.choices import DeliveryStage
from budgeting_blocks.models import Delivery, DeliveryUpdate, ProposalContact, RoundResult
from budgeting_blocks.permissions.delivery import can_update_delivery
from budgeting_blocks.services.followers import tell_followers
from budgeting_blocks.services.letters import send_letter
from cms.common import pagecache
from cms.common.errors import ServiceError
from cms.images.models import CityImage
from cms.users.models import Unit, User


class DeliveryRefused(ServiceError):
    """The project stays as it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a project stands. `percent` 0–100; `money_used` in whole euros, None when it is not known yet."""

    stage: str
    percent: int
    unit: Unit | None = None
    money_used: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None


def start_deliveries(*, result: RoundResult, now: datetime) -> list[Delivery]:
    """Make a project of every winner that has none. Part of publishing a result, within its transaction."""
    lines = result.lines.filter(funded=True, proposal__delivery=None).select_related("proposal__screening__unit")
    return Delivery.objects.bulk_create(
        Delivery(proposal=line.proposal, unit=line.proposal.assessment.unit, money=line.cost, updated_at=now)
        for line in lines
    )


@transaction.atomic
def record_progress(
    *,
    delivery: Delivery,
    progress: Progress,
    user: User | None,
    text: str = "",
    photo: CityImage | None = None,
    now: datetime | None = None,
) -> Delivery:
    """Say where a project stands and, with `text`, tell residents about it; those who follow it get mail.

    Raises DeliveryRefused or ValidationError (by field). The change is logged.
    """
    now = now or timezone.now()
    if not (decision := can_update_delivery(user, delivery)):
        raise DeliveryRefused(decision.reason)
    delivery = Delivery.objects.select_for_update(of=("self",)).select_related("proposal__round").get(pk=delivery.pk)
    before = delivery.stage
    text = text.strip()
    if photo is not None and not text:
        raise DeliveryRefused(_("Kirjoita kuvan kanssa myös, mitä hankkeelle kuuluu."), "text")
    delivery.stage, delivery.percent, delivery.unit = progress.stage, progress.percent, progress.unit
    delivery.money_used = progress.money_used
    delivery.starts_on, delivery.ends_on = progress.starts_on, progress.ends_on
    if text or delivery.stage != before:
        delivery.updated_at = now
    delivery.full_clean()
    delivery.save()
    if text:
        update = DeliveryUpdate(delivery=delivery, text=text, photo=photo, published_at=now)
        update.full_clean()
        update.save()
    log(
        instance=delivery.proposal,
        action="budgeting.deliver",
        user=user,
        data={"from": before, "to": delivery.stage, "percent": delivery.percent},
    )
    if text or delivery.stage != before:
        _tell(delivery)
    pagecache.invalidate()
    return delivery


def _tell(delivery: Delivery) -> None:
    """The author and those who follow the proposal; its page leads on to the project's."""
    stage_label = DeliveryStage(delivery.stage).label
    if delivery.proposal.live:
        for contact in ProposalContact.objects.filter(proposal=delivery.proposal):
            send_letter(contact, "delivery", proposal=delivery.proposal, stage_label=stage_label)
    tell_followers(delivery.proposal, "follower_delivery", stage_label=stage_label)
