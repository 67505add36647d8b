"""Mail about feedback. None of it repeats what the sender wrote: an address may be somebody else's."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from cms.common import ratelimit
from cms.common.mail import absolute_url, send_mail_on_commit
from feedback_forms.choices import CaseKind
from feedback_forms.models import Case, CaseMessage

RECEIPTS_PER_ADDRESS = 3
RECEIPT_WINDOW_SECONDS = 60 * 60


def _absolute(name: str, language: str, *args: int) -> str:
    with translation.override(language):
        return absolute_url(reverse(name, args=args))


def send_receipt(*, case: Case, email: str, code: str) -> bool:
    """Tell the sender that the feedback arrived, with its follow-up code. False when the address has had enough mail."""
    if not ratelimit.check("feedback-receipt", email.lower(), RECEIPTS_PER_ADDRESS, RECEIPT_WINDOW_SECONDS):
        return False
    send_mail_on_commit(
        to=email,
        template="feedback_forms/mail/receipt",
        context={
            "reference": case.reference,
            "code": code,
            "due_at": case.due_at,
            "follow_url": _absolute("feedback:follow", case.language),
        },
        language=case.language,
    )
    return True


def send_answer(*, case: Case, message: CaseMessage) -> bool:
    """Send the answer to those who asked for it by mail. False when there is nobody to send it to."""
    contact = getattr(case, "contact", None) if case.wants_answer else None
    if contact is None:
        return False
    send_mail_on_commit(
        to=contact.email,
        template="feedback_forms/mail/answer",
        context={
            "reference": case.reference,
            "answer": message.text,
            "follow_url": _absolute("feedback:follow", case.language),
        },
        language=case.language,
    )
    return True


def notify_unit(*, case: Case) -> None:
    """Tell the topic's unit that a case came to it."""
    unit = case.topic.unit
    if unit.email:
        send_mail_on_commit(
            to=unit.email,
            template="feedback_forms/mail/new_case",
            context={
                "reference": case.reference,
                "topic": case.topic.name,
                # The label itself, not yet a text: the unit reads it in its own language, not in the sender's.
                "kind": CaseKind(case.kind).label,
                "due_at": case.due_at,
                "case_url": _absolute("feedback_cases:inspect", settings.LANGUAGE_CODE, case.pk),
            },
        )
