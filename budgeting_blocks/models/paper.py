"""Votes on paper, while they are read.

Envelopes and ballots are kept apart: an envelope leaves nothing but a used right in the register and a number in its batch,
a sheet has no link to any right. When a batch is booked, its sheets and entries are deleted, and its counts stay.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budgeting_blocks.choices import VoidReason
from budgeting_blocks.models.rounds import Round


class PaperBatch(models.Model):
    """Votes on paper from one place. `booked_on`: the day on which its ballots went into the box, null before."""

    round = models.ForeignKey(Round, verbose_name=_("kierros"), on_delete=models.PROTECT, related_name="paper_batches")
    label = models.CharField(_("paikka tai erän nimi"), max_length=80)
    printed = models.PositiveIntegerField(_("lippuja annettu paikkaan"), default=0)
    unused = models.PositiveIntegerField(_("lippuja palautettu käyttämättä"), default=0)
    received = models.PositiveIntegerField(_("kuoria saapunut"))
    accepted = models.PositiveIntegerField(_("kuoria hyväksytty"), default=0, editable=False)
    duplicates = models.PositiveIntegerField(_("jo äänestäneitä"), default=0, editable=False)
    unknown = models.PositiveIntegerField(_("tuntemattomia koodeja"), default=0, editable=False)
    booked_on = models.DateField(_("kirjattu uurnaan"), null=True, blank=True, editable=False)
    # What stays of the sheets: how many gave a ballot, how many had to be decided, and how many were void, by reason.
    good = models.PositiveIntegerField(_("hyväksyttyjä lippuja"), default=0, editable=False)
    decided = models.PositiveIntegerField(_("ratkaistuja eroja"), default=0, editable=False)
    void = models.JSONField(_("hylättyjä lippuja"), default=dict, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("paperierä")
        verbose_name_plural = _("paperierät")
        default_permissions = ()
        permissions = [
            ("enter_paper", _("Saa syöttää paperiääniä")),
            ("book_paper", _("Saa kirjata paperiäänet uurnaan")),
        ]
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "label"],
                name="paper_batch_label_is_unique",
                violation_error_message=_("Kierroksella on jo tämänniminen erä."),
            ),
            models.CheckConstraint(
                condition=Q(received__gte=F("accepted") + F("duplicates") + F("unknown")),
                name="paper_batch_handles_what_it_received",
                violation_error_message=_("Kuoria on jo tarkistettu enemmän."),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class PaperSheet(models.Model):
    """One ballot of paper, by the number stamped on it after the ballots of the batch were mixed."""

    batch = models.ForeignKey(PaperBatch, on_delete=models.PROTECT, related_name="sheets")
    number = models.PositiveIntegerField(_("lipun numero"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("paperilippu")
        verbose_name_plural = _("paperiliput")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="paper_sheet_number_is_unique")]

    def __str__(self) -> str:
        return str(self.number)


class PaperEntry(models.Model):
    """What one person read on a sheet: `choices` (points by proposal id) or a `void_reason`. With a `decision_reason` it
    is the decision between two readings that differ. It has no time."""

    sheet = models.ForeignKey(PaperSheet, on_delete=models.PROTECT, related_name="entries")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    choices = models.JSONField(default=dict)
    void_reason = models.CharField(_("hylkäyksen syy"), max_length=12, choices=VoidReason, blank=True)
    decision_reason = models.CharField(_("ratkaisun perustelu"), max_length=300, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("paperilipun luenta")
        verbose_name_plural = _("paperilippujen luennat")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "entered_by"], condition=Q(decision_reason=""), name="reader_reads_a_sheet_once"
            ),
            models.UniqueConstraint(fields=["sheet"], condition=~Q(decision_reason=""), name="sheet_is_decided_once"),
            models.CheckConstraint(
                condition=(Q(void_reason="") & ~Q(choices={})) | (Q(void_reason__in=VoidReason.values) & Q(choices={})),
                name="sheet_has_choices_or_is_void",
            ),
        ]

    def __str__(self) -> str:
        return str(self.sheet_id)
