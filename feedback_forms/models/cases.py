"""A piece of feedback with its sender's private details, photos and what was written back."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from feedback_forms.choices import CaseKind, CaseState, MessageKind
from feedback_forms.models.topics import Topic
from feedback_forms.querysets import CaseQuerySet

TEXT_MAX_LENGTH = 4000


def private_storage() -> Storage:
    """Where photos lie until somebody may see them; no web server serves it."""
    return storages["private"]


def photo_path(_photo: CasePhoto, _filename: str) -> str:
    """A random name: nothing of the sender's own file name is kept."""
    return f"feedback/{secrets.token_hex(16)}.jpg"


class Case(models.Model):  # type: ignore[django-manager-missing]  # the log's manager is Wagtail's, without types
    """One piece of feedback. What was sent is never edited; after the retention time only a tombstone without text stays.

    `version` counts the changes made by staff, so that of two who act at once the second is told.
    """

    reference = models.CharField(_("numero"), max_length=20, unique=True, editable=False)
    kind = models.CharField(_("laji"), max_length=12, choices=CaseKind)
    topic = models.ForeignKey(Topic, verbose_name=_("aihe"), on_delete=models.PROTECT, related_name="cases")
    text = models.TextField(_("palaute"), max_length=TEXT_MAX_LENGTH, blank=True)
    place = models.CharField(_("paikka"), max_length=200, blank=True)
    latitude = models.FloatField(
        _("leveysaste"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("pituusaste"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    wants_answer = models.BooleanField(_("haluaa vastauksen sähköpostiin"), default=False)
    consent_to_publish = models.BooleanField(_("saa julkaista"), default=False)
    language = models.CharField(_("kieli"), max_length=8, default="fi")

    state = models.CharField(_("tila"), max_length=12, choices=CaseState, default=CaseState.RECEIVED, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    received_at = models.DateTimeField(_("saapunut"), editable=False)
    due_at = models.DateTimeField(_("vastattava viimeistään"), editable=False)
    answered_at = models.DateTimeField(_("vastattu"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("päätetty"), null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(_("tiedot poistettu"), null=True, blank=True, editable=False)
    # Keyed hashes: neither the code nor the form's key can be got back from them.
    submission_key = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    follow_hash = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("palaute")
        verbose_name_plural = _("palautteet")
        ordering = ["-received_at", "-pk"]
        permissions = [("see_every_unit", _("Näkee kaikkien yksiköiden palautteet"))]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="case_by_arrival"),
            models.Index(fields=["state", "due_at"], name="case_by_state_and_deadline"),
            models.Index(fields=["topic", "state", "due_at"], name="case_by_topic_and_state"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=CaseKind.values), name="case_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=CaseState.values), name="case_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state=CaseState.ANSWERED) | Q(answered_at__isnull=False),
                name="answered_case_has_an_answer",
            ),
            models.CheckConstraint(
                condition=Q(state=CaseState.CLOSED, closed_at__isnull=False)
                | (~Q(state=CaseState.CLOSED) & Q(closed_at__isnull=True)),
                name="closed_case_has_its_time",
            ),
            models.CheckConstraint(
                condition=(Q(erased_at__isnull=True) & ~Q(text=""))
                | Q(
                    erased_at__isnull=False,
                    text="",
                    place="",
                    latitude__isnull=True,
                    longitude__isnull=True,
                    follow_hash__isnull=True,
                    submission_key__isnull=True,
                ),
                name="case_has_text_until_it_is_erased",
                violation_error_message=_("Kirjoita palautteesi."),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                # A comparison with NULL would pass, so what must be there is said as well.
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="case_position_is_whole",
            ),
            models.CheckConstraint(condition=Q(due_at__gt=models.F("received_at")), name="case_is_due_after_arrival"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_erased(self) -> bool:
        return self.erased_at is not None


class CaseContact(models.Model):
    """How to reach the sender: in a table of its own, read only to send mail or when a look at it is logged."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="contact")
    email = models.EmailField(_("sähköposti"))
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("lähettäjän yhteystieto")
        verbose_name_plural = _("lähettäjien yhteystiedot")

    def __str__(self) -> str:
        return f"#{self.case_id}"


class CasePhoto(models.Model):
    """A photo made safe by `cms.common.photos`, shown only through a view that asks who looks."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="photos")
    file = models.FileField(_("kuva"), storage=private_storage, upload_to=photo_path)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("palautteen kuva")
        verbose_name_plural = _("palautteiden kuvat")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"#{self.case_id}"


class CaseMessage(models.Model):
    """What staff wrote to the sender. Sent once, never edited."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(_("laji"), max_length=10, choices=MessageKind, default=MessageKind.ANSWER)
    text = models.TextField(_("teksti"), max_length=TEXT_MAX_LENGTH)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("kirjoittaja"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    sent_at = models.DateTimeField(_("lähetetty"))

    class Meta:
        verbose_name = _("viesti")
        verbose_name_plural = _("viestit")
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MessageKind.values), name="message_kind_is_known"),
            models.CheckConstraint(condition=~Q(text=""), name="message_has_text"),
        ]

    def __str__(self) -> str:
        return f"#{self.case_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuses to change what was sent."""
        if self.pk is not None and not self._state.adding:
            raise TypeError("What was sent to a resident is never edited.")
        super().save(*args, **kwargs)
