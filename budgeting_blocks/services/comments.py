"""Comments on proposals: sent, confirmed by mail, moderated, reported, forgotten."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish import UnpublishAction
from wagtail.log_actions import log

from budgeting_blocks.models import CommentReport, Proposal, ProposalComment
from budgeting_blocks.permissions import can_comment_on_proposal, can_moderate_comments
from budgeting_blocks.services.voices import UNCONFIRMED_DAYS, VoiceError, round_person
from cms.common import ratelimit
from cms.common.mailconfirm import HOUR, make_token, may_mail, read_token, send_confirmation
from cms.common.pagecache import invalidate
from cms.users.models import User

COMMENTS_PER_PERSON = 10
COMMENT_NAME_DAYS = 1095
REFUSED_DAYS = 180
REPORT_DAYS = 365


def submit_comment(
    *,
    proposal: Proposal,
    name: str,
    text: str,
    email: str,
    submission_key: str,
    language: str = "fi",
    now: datetime | None = None,
) -> ProposalComment:
    """Keep a comment until its sender confirms it by the link that is mailed. Nobody sees it before that.

    The same text with the same `submission_key` gives the same comment again. Raises VoiceError or ValidationError.
    """
    now = now or timezone.now()
    content = f"{submission_key}\n{proposal.pk}\n{name}\n{text}\n{email}"
    key = hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()
    if earlier := ProposalComment.objects.filter(submission_key=key).first():
        return earlier
    if not (allowed := can_comment_on_proposal(proposal, now)):
        raise VoiceError(allowed.reason)
    person = round_person(proposal, email)
    if not (limited := ratelimit.check("comment-person", person, COMMENTS_PER_PERSON, HOUR)):
        raise VoiceError(limited.reason, "email")
    if not (limited := may_mail(email)):
        raise VoiceError(limited.reason, "email")
    comment = ProposalComment(
        proposal=proposal,
        name=name,
        text=text,
        person_hash=person,
        submission_key=key,
        submitted_at=now,
        live=False,
        has_unpublished_changes=True,
    )
    comment.full_clean(exclude=["proposal"])
    try:
        with transaction.atomic():
            comment.save()
            path = reverse("budgeting:confirm_comment", args=[comment_token(comment)])
            send_confirmation(
                email=email, path=path, template="budgeting_blocks/mail/confirm_comment", language=language
            )
    except IntegrityError:  # the same form came twice at the same moment
        return ProposalComment.objects.get(submission_key=key)
    return comment


def comment_token(comment: ProposalComment) -> str:
    """What the mailed link holds; the key keeps a link from fitting another comment of the same number."""
    return make_token("comment", {"comment": comment.pk, "key": (comment.submission_key or "")[:16]})


@transaction.atomic
def confirm_comment(*, token: str, now: datetime | None = None) -> ProposalComment:
    """Pass the comment behind the link on to the moderators, once. Raises VoiceError."""
    now = now or timezone.now()
    payload = read_token("comment", token)
    comment = _comment_of(payload) if payload else None
    if comment is None:
        raise VoiceError(_("Linkki ei ole enää voimassa. Kirjoita kommentti uudelleen."))
    if comment.confirmed_at is not None:
        return comment
    if not (comment.proposal.live and comment.proposal.round.live):
        raise VoiceError(_("Ehdotus ei ole enää nähtävillä."))
    comment.confirmed_at = now
    comment.save(update_fields=["confirmed_at"])
    log(instance=comment, action="wagtail.create", user=None)
    comment.save_revision(log_action=False)
    if workflow := comment.get_workflow():
        workflow.start(comment, user=None)
    return comment


def _comment_of(payload: dict[str, str]) -> ProposalComment | None:
    found = ProposalComment.objects.select_for_update().filter(pk=payload["comment"])
    return found.filter(submission_key__startswith=payload["key"]).first()


@transaction.atomic
def hide_comment(*, comment: ProposalComment, note: str, user: User | None) -> ProposalComment:
    """Take a public comment away and leave `note` in its place. Its reports are handled by that. Raises VoiceError."""
    if not (allowed := can_moderate_comments(user)):
        raise VoiceError(allowed.reason)
    note = " ".join(note.split())
    if not note:
        raise VoiceError(_("Kirjoita syy: se näkyy kaikille kommentin paikalla."), "hidden_note")
    comment.hidden_note = note
    comment.full_clean(exclude=["proposal"])
    if comment.live:
        UnpublishAction(comment, user=user).execute(skip_permission_checks=True)
    comment.save(update_fields=["hidden_note"])
    log(instance=comment, action="budgeting.hide_comment", user=user, data={"note": note})
    _close_reports(comment)
    invalidate()
    return comment


@transaction.atomic
def keep_comment(*, comment: ProposalComment, user: User | None) -> None:
    """A moderator has looked at the reports and lets the comment be. Raises VoiceError."""
    if not (allowed := can_moderate_comments(user)):
        raise VoiceError(allowed.reason)
    if _close_reports(comment):
        log(instance=comment, action="budgeting.keep_comment", user=user)


def record_comment_publication(*, comment: ProposalComment) -> None:
    """A comment has become public: an earlier note of why it was hidden is out of date."""
    if comment.hidden_note:
        comment.hidden_note = ""
        ProposalComment.objects.filter(pk=comment.pk).update(hidden_note="")


def report_comment(
    *, comment: ProposalComment, kind: str, text: str, submission_key: str, now: datetime | None = None
) -> None:
    """Ask the moderators to look at a public comment. The same form twice is one report. Raises VoiceError."""
    if not comment.live:
        raise VoiceError(_("Kommentti ei ole enää nähtävillä."))
    key = hashlib.sha256(f"{submission_key}:{comment.pk}".encode("utf-8", "replace")).hexdigest()
    report = CommentReport(comment=comment, kind=kind, text=text, submission_key=key, created_at=now or timezone.now())
    report.full_clean(exclude=["comment", "submission_key"], validate_unique=False)
    if not CommentReport.objects.filter(submission_key=key).exists():
        CommentReport.objects.bulk_create([report], ignore_conflicts=True)


def _close_reports(comment: ProposalComment) -> int:
    return CommentReport.objects.filter(comment=comment, handled_at=None).update(handled_at=timezone.now())


def purge_comments(now: datetime) -> int:
    """Delete what was never confirmed or never published, and take the names off old comments; drafts included."""
    unconfirmed = ProposalComment.objects.filter(
        confirmed_at=None, submitted_at__lt=now - timedelta(days=UNCONFIRMED_DAYS)
    )
    refused = ProposalComment.objects.filter(
        first_published_at=None, submitted_at__lt=now - timedelta(days=REFUSED_DAYS)
    )
    count = 0
    for comment in [*unconfirmed, *refused.exclude(confirmed_at=None)]:
        comment.delete()
        count += 1
    old = ProposalComment.objects.filter(erased_at=None, submitted_at__lt=now - timedelta(days=COMMENT_NAME_DAYS))
    for comment in old:
        _forget_author(comment, now)
        count += 1
    return count


@transaction.atomic
def _forget_author(comment: ProposalComment, now: datetime) -> None:
    comment.latest_revision = comment.live_revision = None
    comment.name, comment.person_hash, comment.erased_at = "", "", now
    comment.save()
    comment.revisions.all().delete()


def purge_reports(now: datetime) -> int:
    """Delete old reports; what came of them stands in the log."""
    return CommentReport.objects.filter(created_at__lt=now - timedelta(days=REPORT_DAYS)).delete()[0]
