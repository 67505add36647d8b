"""Residents' applications. None of this is ever public, searchable or in an API; it is deleted when its time is up."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation_pages.panels.models.panels import Panel


class PanelApplication(models.Model):
    """One person's application: the background that the draw needs, without name or contact.

    `answers` maps a feature's label to the chosen value's label, or to None for "I'd rather not say": the words as they stood
    when the person answered. `pool_code` names the application in exports; `reference_hash` is what remains of the code that
    the applicant got. `person_hash` keeps one application per person; a withdrawn one has neither it nor answers.
    """

    # A panel's "usage" in the admin, which more people may open, must not list who has applied.
    wagtail_reference_index_ignore = True

    panel = models.ForeignKey(Panel, verbose_name=_("raati"), on_delete=models.PROTECT, related_name="applications")
    pool_code = models.CharField(_("tunniste"), max_length=12, unique=True)
    answers = models.JSONField(_("taustatiedot"), default=dict, blank=True, encoder=DjangoJSONEncoder)
    confirmed_age = models.PositiveSmallIntegerField(_("vahvistettu alaikä"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("saapunut"), db_index=True)
    withdrawn_at = models.DateTimeField(_("peruttu"), null=True, blank=True)
    submission_key = models.CharField(max_length=64, unique=True, editable=False)
    reference_hash = models.CharField(max_length=64, unique=True, editable=False)
    person_hash = models.CharField(max_length=64, null=True, blank=True, editable=False)  # noqa: DJ001 (NULLs never collide)

    class Meta:
        verbose_name = _("raatihakemus")
        verbose_name_plural = _("raatihakemukset")
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "person_hash"], name="one_application_per_person"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, person_hash__isnull=False)
                | Q(withdrawn_at__isnull=False, person_hash__isnull=True),
                name="withdrawn_application_names_nobody",
            ),
        ]

    def __str__(self) -> str:
        return self.pool_code


class ApplicationContact(models.Model):
    """How to invite the applicant, kept apart from the application. An e-mail address or a phone number is enough."""

    wagtail_reference_index_ignore = True

    application = models.OneToOneField(PanelApplication, on_delete=models.CASCADE, related_name="contact")
    email = models.EmailField(_("sähköposti"), blank=True)
    phone = models.CharField(_("puhelin"), max_length=30, blank=True)
    language = models.CharField(_("asiointikieli"), max_length=8, default="fi")

    class Meta:
        verbose_name = _("hakijan yhteystieto")
        verbose_name_plural = _("hakijoiden yhteystiedot")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(email="") | ~Q(phone=""),
                name="applicant_can_be_invited",
                violation_error_message=_("Kirjoita sähköposti tai puhelinnumero, jotta voimme kutsua sinut."),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.application_id}"
