"""The public copy of a case goes to the site's own workflow."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from feedback_forms.events import CaseEvent
from feedback_forms.models import Case, PublicFeedback
from feedback_forms.permissions import can_propose_publication
from feedback_forms.services.errors import FeedbackError, StaleCaseError, require
from feedback_forms.services.handling import lock_case


def propose_publication(
    *,
    user: Any,
    case: Case,
    expected_version: int,
    title: str,
    question: str,
    answer: str,
    expected_revision: int | None = None,
) -> PublicFeedback:
    """Write the edited public copy as a draft and submit it for review, beside pages that wait for the same.

    Nothing becomes public here: that takes a moderator's yes. `expected_revision` is the latest revision that the person
    saw of an existing copy. Raises `FeedbackError`; `StaleCaseError` when somebody else was faster.
    """
    with transaction.atomic():
        fresh = lock_case(case, expected_version)
        require(can_propose_publication(user, fresh))
        stored = PublicFeedback.objects.filter(case=fresh).first()
        if stored is None:
            copy = PublicFeedback(
                case=fresh,
                topic=fresh.topic,
                kind=fresh.kind,
                language=fresh.language,
                received_on=timezone.localdate(fresh.received_at),
                live=False,
            )
        else:
            _require_untouched(stored, expected_revision)
            copy = stored.get_latest_revision_as_object()
        copy.title, copy.question, copy.answer = title.strip(), question.strip(), answer.strip()
        copy.full_clean()
        if stored is None:
            copy.save()
        copy.save_revision(user=user, clean=False)
        _submit(copy, user)
        fresh.version += 1
        fresh.save(update_fields=["version"])
        log(instance=fresh, action=CaseEvent.PROPOSED, user=user)
        return copy


def _require_untouched(copy: PublicFeedback, expected_revision: int | None) -> None:
    if copy.workflow_in_progress:
        raise FeedbackError(_("Julkinen versio odottaa jo tarkistusta."))
    if copy.latest_revision_id != expected_revision:
        raise StaleCaseError(_("Joku muu ehti muuttaa julkista versiota. Mitään ei tallennettu: katso uusi versio."))


def _submit(copy: PublicFeedback, user: Any) -> None:
    """Start the workflow, or go on with the one in which changes were asked for."""
    state = copy.current_workflow_state
    if state is not None and state.status == state.STATUS_NEEDS_CHANGES:
        state.resume(user)
    elif (workflow := copy.get_workflow()) is not None:
        workflow.start(copy, user)
