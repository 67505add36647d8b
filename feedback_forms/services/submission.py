"""A resident sends feedback."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.common.photos import CleanPhoto
from cms.common.textkeys import ALPHABET
from feedback_forms.choices import CaseKind, PlaceRule
from feedback_forms.domain.codes import code_hash, follow_code, submission_fingerprint
from feedback_forms.domain.deadlines import answer_due
from feedback_forms.events import CaseEvent
from feedback_forms.models import Case, CaseContact, CasePhoto, Topic
from feedback_forms.notifications import notify_unit, send_receipt
from feedback_forms.services.errors import FeedbackError


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender takes along. `code` is shown now and never again; `is_new` is False for a repeated sending."""

    reference: str
    code: str
    due_at: datetime
    mailed: bool
    is_new: bool


def submit_feedback(
    *,
    kind: str,
    topic: Topic,
    text: str,
    form_key: str,
    place: str = "",
    latitude: float | None = None,
    longitude: float | None = None,
    email: str = "",
    wants_answer: bool = False,
    consent_to_publish: bool = False,
    photo: CleanPhoto | None = None,
    language: str = "fi",
    now: datetime | None = None,
) -> Receipt:
    """Store one piece of feedback for the topic's unit, and tell the sender (by mail when asked) and the unit.

    `form_key` is the unguessable key of the page view (`BlockFormView.submission_key`): the same key with the same content
    gives the same receipt again and no second case. Raises `FeedbackError` or `ValidationError` with the field to mend.
    """
    fingerprint = submission_fingerprint(
        settings.SECRET_KEY,
        form_key,
        *(kind, str(topic.pk), text, place, email, str(wants_answer), str(consent_to_publish)),
        photo.content.hex() if photo else "",
    )
    code = follow_code(settings.SECRET_KEY, form_key, fingerprint, ALPHABET)
    if (earlier := _case_of(fingerprint)) is not None:
        return _receipt_again(earlier, code)
    if not text.strip():
        raise FeedbackError(_("Kirjoita palautteesi."), "text")
    _check_wishes(kind=kind, topic=topic, place=place, email=email, wants_answer=wants_answer)

    received_at = timezone.localtime(now or timezone.now(), timezone.get_default_timezone())
    case = Case(
        reference=_free_reference(received_at.year),
        kind=kind,
        topic=topic,
        text=text,
        place=place,
        latitude=latitude,
        longitude=longitude,
        wants_answer=wants_answer,
        consent_to_publish=consent_to_publish,
        language=language,
        received_at=received_at,
        due_at=answer_due(received_at),
        submission_key=fingerprint,
        follow_hash=code_hash(settings.SECRET_KEY, code),
    )
    try:
        with transaction.atomic():
            mailed = _store(case, email=email, photo=photo, code=code)
    except IntegrityError:
        # The same form came twice at the same moment, and the other one was first.
        if (earlier := _case_of(fingerprint)) is None:
            raise
        return _receipt_again(earlier, code)
    return Receipt(case.reference, code, case.due_at, mailed=mailed, is_new=True)


def _case_of(fingerprint: str) -> Case | None:
    return Case.objects.filter(submission_key=fingerprint).first()


def _check_wishes(*, kind: str, topic: Topic, place: str, email: str, wants_answer: bool) -> None:
    if kind not in CaseKind.values:
        raise FeedbackError(_("Valitse, millaista palautetta annat."), "kind")
    if not Topic.objects.active().filter(pk=topic.pk).exists():
        raise FeedbackError(_("Tähän aiheeseen ei enää oteta palautetta. Valitse toinen aihe."), "topic")
    if topic.place_rule == PlaceRule.REQUIRED and not place:
        raise FeedbackError(_("Kerro paikka: tässä aiheessa sitä tarvitaan."), "place")
    if wants_answer and not email:
        raise FeedbackError(_("Kirjoita sähköpostiosoite, johon vastaus lähetetään."), "email")
    if email and not wants_answer:
        raise FeedbackError(
            _("Rastita tämä, jos haluat vastauksen sähköpostiisi, tai tyhjennä sähköpostiosoite."), "wants_answer"
        )


def _free_reference(year: int) -> str:
    """A number that tells neither how much feedback comes nor what the next one is."""
    while True:
        reference = f"P-{year}-" + "".join(secrets.choice(ALPHABET) for _sign in range(6))
        if not Case.objects.filter(reference=reference).exists():
            return reference


def _store(case: Case, *, email: str, photo: CleanPhoto | None, code: str) -> bool:
    # The database checks its constraints itself: asking it twice costs twenty statements.
    case.full_clean(validate_unique=False, validate_constraints=False)
    case.save(force_insert=True)
    if email:
        contact = CaseContact(case=case, email=email, created_at=case.received_at)
        contact.full_clean(validate_unique=False)
        contact.save()
    log(instance=case, action=CaseEvent.RECEIVED, data={"topic": case.topic.name}, timestamp=case.received_at)
    notify_unit(case=case)
    mailed = bool(email) and send_receipt(case=case, email=email, code=code)
    if photo:
        # Last, so that a refusal above leaves no file behind.
        stored = CasePhoto(case=case, width=photo.width, height=photo.height)
        stored.file.save("photo.jpg", ContentFile(photo.content), save=False)
        try:
            stored.save()
        except Exception:
            stored.file.delete(save=False)
            raise
    return mailed


def _receipt_again(case: Case, code: str) -> Receipt:
    return Receipt(case.reference, code, case.due_at, mailed=case.wants_answer, is_new=False)
