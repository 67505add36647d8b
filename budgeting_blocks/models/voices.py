"""What others do with a proposal: support it, comment on it, follow it."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from budgeting_blocks.choices import ReportKind
from budgeting_blocks.models.proposals import Proposal
from budgeting_blocks.querysets import CommentQuerySet

HASH_LENGTH = 64


def city_today() -> Any:
    """The day by the city's clock."""
    return timezone.localdate()


def random_key() -> str:
    """A key that follows from nothing."""
    return secrets.token_hex(HASH_LENGTH // 2)


class ProposalSupport(models.Model):
    """One person's confirmed support of one proposal: a keyed hash in place of the address, and the day."""

    # Keys that follow from nothing tell no order of arrival.
    id = models.CharField(primary_key=True, max_length=HASH_LENGTH, default=random_key, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="supports")
    person_hash = models.CharField(max_length=HASH_LENGTH)
    created = models.DateField(_("päivä"), default=city_today, db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("kannatus")
        verbose_name_plural = _("kannatukset")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person_hash"], name="one_support_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"#{self.proposal_id}"


class ProposalFollow(models.Model):
    """An address that is told of what happens to a proposal. Only a confirmed one is told anything."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="follows")
    person_hash = models.CharField(max_length=HASH_LENGTH)
    email = models.EmailField(_("sähköposti"))
    language = models.CharField(max_length=8, default="fi")
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("ehdotuksen seuraaja")
        verbose_name_plural = _("ehdotusten seuraajat")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person_hash"], name="one_follow_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"#{self.proposal_id}"


class ProposalComment(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, models.Model):
    """A resident's comment. It goes to the moderators when its sender has confirmed it, and is public when they publish it."""

    proposal = models.ForeignKey(Proposal, verbose_name=_("ehdotus"), on_delete=models.CASCADE, related_name="comments")
    name = models.CharField(_("nimi tai nimimerkki"), max_length=60, blank=True)
    text = models.TextField(_("kommentti"), max_length=1500, validators=[MaxLengthValidator(1500)])
    hidden_note = models.CharField(
        _("syy piilottamiseen"), max_length=300, blank=True, help_text=_("Näkyy kaikille kommentin paikalla.")
    )
    person_hash = models.CharField(max_length=HASH_LENGTH, blank=True, editable=False)
    submission_key = models.CharField(max_length=HASH_LENGTH, unique=True, null=True, blank=True, editable=False)
    submitted_at = models.DateTimeField(_("lähetetty"), default=timezone.now, db_index=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CommentQuerySet.as_manager()

    proposal.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]

    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="proposal_comment",
        for_concrete_model=False,
    )
    revisions = GenericRelation("wagtailcore.Revision", related_query_name="proposal_comment")

    class Meta:
        verbose_name = _("kommentti")
        verbose_name_plural = _("kommentit")
        ordering = ["-submitted_at", "-pk"]
        indexes = [models.Index(fields=["proposal", "submitted_at", "id"], name="comments_of_a_proposal")]

    def __str__(self) -> str:
        return f"{self.text[:60]}…" if len(self.text) > 60 else self.text

    @property
    def is_hidden(self) -> bool:
        """Whether it was public and a moderator took it away; the note stays in its place."""
        return not self.live and bool(self.hidden_note)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "budgeting_blocks/comments/preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        return {"comment": self, "proposal": self.proposal, "title": self.proposal.title}


class CommentReport(models.Model):
    """Somebody thinks that a comment should not be public. Moderators look at it."""

    comment = models.ForeignKey(ProposalComment, on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField(_("syy"), max_length=20, choices=ReportKind)
    text = models.TextField(_("tarkennus"), max_length=500, validators=[MaxLengthValidator(500)], blank=True)
    submission_key = models.CharField(max_length=HASH_LENGTH, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    handled_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("ilmoitus kommentista")
        verbose_name_plural = _("ilmoitukset kommenteista")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ReportKind.values), name="report_kind_is_known"),
        ]
        indexes = [models.Index(fields=["handled_at", "comment"], name="open_comment_reports")]

    def __str__(self) -> str:
        return self.get_kind_display()
