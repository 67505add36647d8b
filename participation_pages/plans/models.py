"""The page of the city's participation plan."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.documents import get_document_model_string
from wagtail.search import index

from participation_pages.body import BodyPage
from participation_pages.plans.choices import STATUS_TONES, PlanStatus

_YEAR = [MinValueValidator(1990), MaxValueValidator(2100)]


class ParticipationPlanPage(BodyPage):
    """How the city takes its residents along: the years it holds for, who adopted it, and the document itself."""

    status = models.CharField(_("tila"), max_length=20, choices=PlanStatus, default=PlanStatus.IN_PREPARATION)
    from_year = models.PositiveSmallIntegerField(_("alkuvuosi"), validators=_YEAR)
    to_year = models.PositiveSmallIntegerField(
        _("loppuvuosi"),
        validators=_YEAR,
        null=True,
        blank=True,
        help_text=_("Tyhjä, jos suunnitelma on toistaiseksi voimassa."),
    )
    adopted_on = models.DateField(_("hyväksytty"), null=True, blank=True)
    adopted_by = models.CharField(
        _("hyväksyjä"), max_length=120, blank=True, help_text=_("Toimielin, esimerkiksi ”kaupunginhallitus”.")
    )
    adopted_section = models.CharField(_("pykälä"), max_length=40, blank=True, help_text=_("Esimerkiksi ”§ 123”."))
    document = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("suunnitelma tiedostona"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    content_panels = [
        *BodyPage.content_panels[:-1],
        MultiFieldPanel(
            [
                FieldPanel("status"),
                FieldRowPanel([FieldPanel("from_year"), FieldPanel("to_year")]),
                FieldRowPanel([FieldPanel("adopted_on"), FieldPanel("adopted_by"), FieldPanel("adopted_section")]),
                FieldPanel("document"),
            ],
            heading=_("Suunnitelman tiedot"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [*BodyPage.search_fields, index.SearchField("adopted_by")]

    class Meta:
        verbose_name = _("osallisuussuunnitelma")
        verbose_name_plural = _("osallisuussuunnitelmat")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=PlanStatus.values), name="plan_status_is_known"),
            models.CheckConstraint(
                condition=Q(to_year__isnull=True) | Q(to_year__gte=F("from_year")),
                name="plan_years_are_in_order",
                violation_error_message=_("Loppuvuosi ei voi olla ennen alkuvuotta."),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.from_year and self.to_year and self.to_year < self.from_year:
            raise ValidationError({"to_year": _("Loppuvuosi ei voi olla ennen alkuvuotta.")})

    @property
    def years(self) -> str:
        """ "2018–2019", or "2018–" while it holds until further notice."""
        return f"{self.from_year}–{self.to_year or ''}" if self.to_year != self.from_year else str(self.from_year)

    @property
    def status_tone(self) -> str:
        """The colour of the status badge."""
        return STATUS_TONES[self.status]
