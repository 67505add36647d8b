"""Questions to the author of a proposal and the answers; notes among staff."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from budgeting_blocks.models import Proposal, ProposalContact, Screening, ScreeningNote, ScreeningQuestion
from budgeting_blocks.permissions.screening import can_answer_question, can_ask_author, can_work_on_screening
from budgeting_blocks.selectors.screening import authors_of
from budgeting_blocks.services.assessing import ScreeningError
from budgeting_blocks.services.letters import own_token, send_letter
from cms.common.mail import absolute_url, send_mail_on_commit
from cms.users.models import User


@transaction.atomic
def ask_author(*, screening: Screening, text: str, user: User | None, now: datetime | None = None) -> ScreeningQuestion:
    """Ask the authors of a proposal something; each is told by mail and answers on their private page.

    Raises ScreeningError or ValidationError (field `text`).
    """
    if not (decision := can_ask_author(user, screening)):
        raise ScreeningError(decision.reason)
    question = ScreeningQuestion(screening=screening, text=text.strip(), asked_by=user, asked_at=now or timezone.now())
    question.full_clean()
    question.save()
    log(instance=screening.proposal, action="budgeting.ask_author", user=user)
    for contact in authors_of(screening.proposal).select_related("proposal"):
        send_letter(contact, "question", token=own_token(contact))
    return question


@transaction.atomic
def answer_question(
    *, contact: ProposalContact, question: int, text: str, now: datetime | None = None
) -> ScreeningQuestion:
    """Take the author's answer. The same answer again changes nothing. Who asked is told by mail.

    Raises ScreeningQuestion.DoesNotExist when this author was asked no such thing, ScreeningError when it is too late, or
    ValidationError (field `answer`).
    """
    asked = ScreeningQuestion.objects.select_for_update(of=("self",)).select_related("screening__unit", "asked_by")
    found = asked.get(pk=question, screening__proposal__in=_proposals_of(contact))
    text = text.strip()
    if found.answered_at is not None and found.answer == text:
        return found
    if not (decision := can_answer_question(found)):
        raise ScreeningError(decision.reason)
    found.answer, found.answered_at = text, now or timezone.now()
    found.full_clean()
    found.save()
    log(instance=found.screening.proposal, action="budgeting.answer_question", user=None)
    unit = found.screening.unit
    to = (found.asked_by.email if found.asked_by else "") or (unit.email if unit else "")
    if to:
        send_mail_on_commit(
            to=to,
            template="budgeting_blocks/mail/answered",
            context={
                "assessment_url": absolute_url(reverse("budgeting_screening:edit", args=[found.screening_id])),
                "site_name": settings.WAGTAIL_SITE_NAME,
            },
        )
    return found


def add_note(*, screening: Screening, text: str, user: User | None, now: datetime | None = None) -> ScreeningNote:
    """Leave a remark for colleagues. Raises ScreeningError or ValidationError (field `text`)."""
    if not (decision := can_work_on_screening(user, screening)):
        raise ScreeningError(decision.reason)
    note = ScreeningNote(screening=screening, text=text.strip(), author=user, created_at=now or timezone.now())
    note.full_clean()
    note.save()
    return note


def purge_questions(now: datetime) -> int:
    """Delete old questions with their answers, which may tell of the author. Returns how many."""
    limit = now - timedelta(days=settings.PROPOSAL_CONTACT_DAYS)
    return ScreeningQuestion.objects.filter(asked_at__lt=limit).delete()[0]


def _proposals_of(contact: ProposalContact) -> list[int]:
    """The author's own proposal, and the one that it lives on in."""
    own = Proposal.objects.select_related("merge").get(pk=contact.proposal_id)
    return [own.pk, own.merge.target_id] if hasattr(own, "merge") else [own.pk]
