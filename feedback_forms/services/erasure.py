"""The nightly end of personal data: eighteen months after arrival only a tombstone stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import TaskState

from cms.common.retention import RetentionPolicy
from feedback_forms.choices import CaseState
from feedback_forms.events import CaseEvent
from feedback_forms.models import Case, CaseContact, PublicFeedback
from feedback_forms.services.held_photos import purge_held_photos

RETENTION_DAYS = 548


def erase_expired(now: datetime) -> int:
    """Erase the cases that arrived more than `RETENTION_DAYS` ago. Returns how many."""
    expired = Case.objects.filter(erased_at__isnull=True, received_at__lt=now - timedelta(days=RETENTION_DAYS))
    count = 0
    for pk in list(expired.values_list("pk", flat=True)):
        _erase(pk, now)
        count += 1
    return count


def _erase(pk: int, now: datetime) -> None:
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=pk)
        for photo in case.photos.all():
            # The file first: a row without a file can be tried again, a file without a row would stay for ever.
            photo.file.delete(save=False)
            photo.delete()
        CaseContact.objects.filter(case=case).delete()
        case.messages.all().delete()
        case.text = case.place = ""
        case.latitude = case.longitude = None
        case.follow_hash = case.submission_key = None
        case.erased_at = now
        if case.state != CaseState.CLOSED:
            case.state, case.closed_at = CaseState.CLOSED, now
        case.version += 1
        case.save()
        _forget_drafts(case)
        log(instance=case, action=CaseEvent.ERASED)


def _forget_drafts(case: Case) -> None:
    """Of a copy that is public only that stays; of one that is not, or not any more, nothing."""
    copy = PublicFeedback.objects.filter(case=case).first()
    if copy is None:
        return
    TaskState.objects.filter(workflow_state__in=copy.workflow_states.all()).update(comment="")
    if not copy.live:
        copy.workflow_states.all().delete()
        copy.revisions.all().delete()
        copy.delete()
    else:
        copy.revisions.exclude(pk=copy.live_revision_id).delete()
        PublicFeedback.objects.filter(pk=copy.pk).update(
            latest_revision=copy.live_revision_id, has_unpublished_changes=False
        )


def policies() -> list[RetentionPolicy]:
    """What the nightly command obeys and the privacy page tells."""
    return [
        RetentionPolicy(
            name="feedback",
            what=_("palautteen teksti, paikka, kuvat, vastaukset ja lähettäjän sähköpostiosoite"),
            days=RETENTION_DAYS,
            purge=erase_expired,
        ),
        RetentionPolicy(
            name="feedback-held-photos",
            what=_("kesken jääneen palautelomakkeen kuva"),
            days=1,
            purge=purge_held_photos,
        ),
    ]
