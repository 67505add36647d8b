"""The edited public copy of a piece of feedback and its answer."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from feedback_forms.choices import CaseKind
from feedback_forms.models.cases import TEXT_MAX_LENGTH, Case
from feedback_forms.models.topics import Topic


class PublicFeedback(
    index.Indexed,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    models.Model,
):
    """What everybody may read. It needs two keys: the sender's consent, and a member of staff who publishes it.

    The case keeps what was sent; only this copy is edited.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="public_copy", editable=False)
    topic = models.ForeignKey(Topic, verbose_name=_("aihe"), on_delete=models.PROTECT, related_name="+", editable=False)
    kind = models.CharField(_("laji"), max_length=12, choices=CaseKind, editable=False)
    language = models.CharField(_("kieli"), max_length=8, default="fi", editable=False)
    received_on = models.DateField(_("saapunut"), editable=False)
    title = models.CharField(_("otsikko"), max_length=120)
    question = models.TextField(
        _("palaute julkisena"),
        max_length=TEXT_MAX_LENGTH,
        help_text=_("Poista nimet, puhelinnumerot ja muut tiedot, joista ihmisen tunnistaa."),
    )
    answer = models.TextField(_("vastaus julkisena"), max_length=TEXT_MAX_LENGTH)

    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="public_feedback",
        for_concrete_model=False,
    )
    revisions = GenericRelation("wagtailcore.Revision", related_query_name="public_feedback")

    panels = [FieldPanel("title"), FieldPanel("question"), FieldPanel("answer")]
    search_fields = [
        index.SearchField("title", boost=3),
        index.AutocompleteField("title"),
        index.SearchField("question", boost=2),
        index.SearchField("answer"),
        index.FilterField("live"),
        index.FilterField("topic"),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = _("julkaistu palaute")
        verbose_name_plural = _("julkaistut palautteet")
        ordering = ["-received_on", "-pk"]
        indexes = [models.Index(fields=["live", "-received_on", "-id"], name="public_feedback_order")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=CaseKind.values), name="public_feedback_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(question="") & ~Q(answer=""), name="public_feedback_has_its_texts"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("feedback:published", args=[self.pk])

    def clean(self) -> None:
        super().clean()
        if self.case_id and not self.case.consent_to_publish:
            raise ValidationError(_("Lähettäjä ei ole antanut lupaa julkaista palautetta."))

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "feedback_forms/published.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        return {"feedback": self, "request": request}
