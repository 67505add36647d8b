"""Winners on their way from the result to the finished bench."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.validators import MaxLengthValidator, MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from budgeting_blocks.choices import DELIVERY_TONES, DeliveryStage
from budgeting_blocks.domain.delivery import is_silent, silent_from
from budgeting_blocks.models.proposals import Proposal
from cms.users.models import Unit


class Delivery(models.Model):
    """A funded proposal as a project (hanke). Public as long as the proposal is.

    `updated_at` is when residents last heard of it; after 60 days of silence the project is flagged.
    """

    proposal = models.OneToOneField(
        Proposal, verbose_name=_("ehdotus"), on_delete=models.PROTECT, related_name="delivery"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("vastuuyksikkö"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    stage = models.CharField(_("vaihe"), max_length=12, choices=DeliveryStage, default=DeliveryStage.PLANNED)
    percent = models.PositiveSmallIntegerField(_("valmiusaste, %"), default=0, validators=[MaxValueValidator(100)])
    money = models.PositiveIntegerField(_("myönnetty, €"), null=True, blank=True)
    money_used = models.PositiveIntegerField(_("käytetty, €"), null=True, blank=True)
    starts_on = models.DateField(_("alkaa"), null=True, blank=True)
    ends_on = models.DateField(_("valmistuu"), null=True, blank=True)
    updated_at = models.DateTimeField(_("kerrottu viimeksi"), db_index=True)

    class Meta:
        verbose_name = _("hanke")
        verbose_name_plural = _("hankkeet")
        default_permissions = ("change", "view")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="delivery_is_at_most_done"),
            models.CheckConstraint(condition=Q(stage__in=DeliveryStage.values), name="delivery_stage_is_known"),
            models.CheckConstraint(
                condition=~Q(stage=DeliveryStage.DONE) | Q(percent=100),
                name="done_delivery_is_at_hundred_percent",
                violation_error_message=_("Valmiin hankkeen valmiusaste on sata prosenttia."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="delivery_ends_after_it_starts",
                violation_error_message=_("Hanke ei voi valmistua ennen kuin se alkaa."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.proposal)

    def get_absolute_url(self) -> str:
        """The public page's path, in the language of the moment."""
        return reverse("budgeting:delivery", args=[self.pk, self.proposal.slug])

    @property
    def tone(self) -> str:
        """The colour of the stage's badge."""
        return DELIVERY_TONES[self.stage]

    @property
    def silent_from(self) -> datetime | None:
        """When it falls silent, or fell; None for what is over."""
        return silent_from(self.stage, self.updated_at)

    @property
    def is_silent(self) -> bool:
        """Whether nothing has been told for 60 days."""
        return is_silent(self.stage, self.updated_at, timezone.now())


class DeliveryUpdate(models.Model):
    """Something told of a project, with or without a photo."""

    delivery = models.ForeignKey(Delivery, verbose_name=_("hanke"), on_delete=models.CASCADE, related_name="updates")
    text = models.TextField(_("mitä kuuluu"), max_length=2000, validators=[MaxLengthValidator(2000)])
    photo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("kuva"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    published_at = models.DateTimeField(_("julkaistu"))

    class Meta:
        verbose_name = _("hankkeen kuulumiset")
        verbose_name_plural = _("hankkeiden kuulumiset")
        default_permissions = ()
        ordering = ["-published_at", "-pk"]
        indexes = [models.Index(fields=["delivery", "-published_at"], name="delivery_updates_order")]

    def __str__(self) -> str:
        return self.text[:60]
