"""Staff handle a case. Each act names the version that the person saw; if it has changed, the act is refused."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from feedback_forms.choices import CaseState, MessageKind
from feedback_forms.domain.cases import Action, State, next_state
from feedback_forms.events import EVENT_OF_ACTION
from feedback_forms.models import Case, CaseMessage, Topic
from feedback_forms.notifications import notify_unit, send_answer
from feedback_forms.permissions import can_act
from feedback_forms.services.errors import FeedbackError, StaleCaseError, require


def start_handling(*, user: Any, case: Case, expected_version: int, now: datetime | None = None) -> Case:
    """Take a received case in handling."""
    with transaction.atomic():
        fresh = _begin(user, case, Action.START, expected_version)
        return _finish(fresh, user, Action.START, now)


def answer_case(
    *, user: Any, case: Case, expected_version: int, text: str, now: datetime | None = None
) -> tuple[Case, CaseMessage]:
    """Send an answer: by mail to a sender who asked for it, and to the page behind the follow-up code."""
    now = now or timezone.now()
    with transaction.atomic():
        fresh = _begin(user, case, Action.ANSWER, expected_version)
        message = CaseMessage(case=fresh, kind=MessageKind.ANSWER, text=text.strip(), author=user, sent_at=now)
        message.full_clean(exclude=["case"])
        message.save()
        # The promise is measured by the first answer; a later one completes it.
        fresh.answered_at = fresh.answered_at or now
        fresh = _finish(fresh, user, Action.ANSWER, now)
        send_answer(case=fresh, message=message)
        return fresh, message


def move_case(*, user: Any, case: Case, expected_version: int, topic: Topic, now: datetime | None = None) -> Case:
    """Give the case to another topic, and so to its unit. The deadline promised to the sender stays."""
    with transaction.atomic():
        fresh = _begin(user, case, Action.MOVE, expected_version)
        if topic.pk == fresh.topic_id:
            raise FeedbackError(_("Palaute on jo tässä aiheessa. Valitse toinen."), "topic")
        if not Topic.objects.active().filter(pk=topic.pk).exists():
            raise FeedbackError(_("Tähän aiheeseen ei enää oteta palautetta. Valitse toinen aihe."), "topic")
        names = {"from_topic": fresh.topic.name, "to_topic": topic.name}
        changes_unit = topic.unit_id != fresh.topic.unit_id
        fresh.topic = topic
        fresh = _finish(fresh, user, Action.MOVE, now, **names)
        if changes_unit:
            notify_unit(case=fresh)
        return fresh


def close_case(*, user: Any, case: Case, expected_version: int, now: datetime | None = None) -> Case:
    """End the handling. Refused while a sender who asked for an answer has none."""
    with transaction.atomic():
        fresh = _begin(user, case, Action.CLOSE, expected_version)
        fresh.closed_at = now or timezone.now()
        return _finish(fresh, user, Action.CLOSE, now)


def reopen_case(*, user: Any, case: Case, expected_version: int, now: datetime | None = None) -> Case:
    """Take an answered or closed case back in handling."""
    with transaction.atomic():
        fresh = _begin(user, case, Action.REOPEN, expected_version)
        fresh.closed_at = None
        return _finish(fresh, user, Action.REOPEN, now)


def lock_case(case: Case, expected_version: int) -> Case:
    """The case as it is now, locked until the transaction ends. Raises `StaleCaseError` when its version has moved on."""
    fresh = Case.objects.select_for_update(of=("self",)).select_related("topic__unit").get(pk=case.pk)
    if fresh.version != expected_version:
        raise StaleCaseError(
            _("Joku muu ehti muuttaa tätä palautetta. Mitään ei tallennettu: katso, mitä tapahtui, ja yritä uudelleen.")
        )
    return fresh


def _begin(user: Any, case: Case, action: Action, expected_version: int) -> Case:
    fresh = lock_case(case, expected_version)
    require(can_act(user, fresh, action))
    return fresh


def _finish(case: Case, user: Any, action: Action, now: datetime | None, **data: str) -> Case:
    target = next_state(State(case.state), action)
    if target is None:  # `can_act` has refused this already
        raise FeedbackError(_("Tätä ei voi tehdä."))
    before, case.state = case.state, CaseState(target.value)
    case.version += 1
    case.full_clean(validate_unique=False)
    case.save()
    log(
        instance=case,
        action=EVENT_OF_ACTION[action],
        user=user,
        data={"from": before, "to": target.value, **data},
        timestamp=now or timezone.now(),
    )
    return case
