"""What belongs to the assessment of one proposal: criteria, questions to the author, notes among staff, and a sheet on its
way in."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from budgeting_blocks.models.proposals import Screening
from budgeting_blocks.models.rounds import Criterion


class CriterionFinding(models.Model):
    """Whether a proposal meets one of its round's criteria."""

    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, related_name="findings")
    criterion = models.ForeignKey(
        Criterion, verbose_name=_("kriteeri"), on_delete=models.CASCADE, related_name="findings"
    )
    met = models.BooleanField(_("täyttyy"))
    reason = models.CharField(_("perustelu"), max_length=300, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("kriteerin arvio")
        verbose_name_plural = _("kriteerien arviot")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["screening", "criterion"], name="criterion_is_found_once"),
            models.CheckConstraint(
                condition=Q(met=True) | ~Q(reason=""),
                name="unmet_criterion_has_a_reason",
                violation_error_message=_("Kerro, miksi kriteeri ei täyty."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.criterion)


class ScreeningQuestion(models.Model):
    """What staff ask the author of a proposal, and what the author answers. For staff and author only."""

    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, related_name="questions")
    text = models.TextField(_("kysymys"), max_length=1000, validators=[MaxLengthValidator(1000)])
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(_("kysytty"), default=timezone.now, db_index=True)
    answer = models.TextField(_("vastaus"), max_length=2000, validators=[MaxLengthValidator(2000)], blank=True)
    answered_at = models.DateTimeField(_("vastattu"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("kysymys ehdottajalle")
        verbose_name_plural = _("kysymykset ehdottajille")
        default_permissions = ()
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="answer_has_text_and_time",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ScreeningNote(models.Model):
    """A remark among staff. Never public."""

    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(_("muistiinpano"), max_length=2000, validators=[MaxLengthValidator(2000)])
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("kirjoitettu"), default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("arvioinnin muistiinpano")
        verbose_name_plural = _("arviointien muistiinpanot")
        default_permissions = ()
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ScreeningImport(models.Model):
    """A spreadsheet between its preview and its confirmation, so that what is confirmed is what was shown."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    filename = models.CharField(_("tiedosto"), max_length=120)
    rows = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("tuotava arviointitaulukko")
        verbose_name_plural = _("tuotavat arviointitaulukot")
        default_permissions = ()

    def __str__(self) -> str:
        return self.filename
