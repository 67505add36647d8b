"""A citizens' panel as its organisers describe it: texts, seats, the planned call, and the background that the draw needs.

All of this is drafted and published by editors. What happens to the panel afterwards (changed times, applications) stands in
records of its own, so that publishing an older draft never takes it back.
"""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, Orderable, PreviewableMixin, RevisionMixin
from wagtail.search import index

from participation_pages.panels.domain.answers import Feature
from participation_pages.panels.domain.schedule import Window


class Panel(index.Indexed, DraftStateMixin, RevisionMixin, PreviewableMixin, ClusterableModel):
    """A panel and the plan of its call. The call that holds now is told by `selectors.panel_facts`."""

    title = models.CharField(_("nimi"), max_length=120)
    slug = models.SlugField(_("osoitteen osa"), max_length=80, unique=True)
    purpose = models.TextField(_("mihin raatia tarvitaan"), max_length=1000)
    seats = models.PositiveSmallIntegerField(_("paikkoja"), help_text=_("Kuinka monta jäsentä raatiin haetaan."))
    eligibility = models.TextField(_("kuka voi hakea"), max_length=600)
    minimum_age = models.PositiveSmallIntegerField(
        _("alaikäraja"), null=True, blank=True, help_text=_("Vuosina. Tyhjä: ei alaikärajaa.")
    )
    call_opens_at = models.DateTimeField(_("haku alkaa"), null=True, blank=True)
    call_closes_at = models.DateTimeField(
        _("haku päättyy"), null=True, blank=True, help_text=_("Ensimmäinen hetki, jolloin ei voi enää hakea.")
    )
    next_steps = models.TextField(
        _("mitä haun jälkeen tapahtuu"), max_length=600, blank=True, help_text=_("Näkyy hakijalle ja haun päätyttyä.")
    )

    search_fields = [
        index.SearchField("title", boost=2),
        index.AutocompleteField("title"),
        index.SearchField("purpose"),
        index.FilterField("live"),
    ]

    class Meta:
        verbose_name = _("kuntalaisraati")
        verbose_name_plural = _("kuntalaisraadit")
        ordering = ["-pk"]
        permissions = [("reschedule_panel", _("Voi siirtää ja perua raadin haun ja istuntoja"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(seats__gt=0),
                name="panel_has_seats",
                violation_error_message=_("Raadissa on ainakin yksi paikka."),
            ),
            models.CheckConstraint(
                condition=Q(call_opens_at__isnull=True, call_closes_at__isnull=True)
                | Q(call_closes_at__gt=F("call_opens_at")),
                name="panel_call_ends_after_it_begins",
                violation_error_message=_(
                    "Kirjoita haulle sekä alku että loppu. Haun on päätyttävä alkamisen jälkeen."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def planned_call(self) -> Window | None:
        """The call as published, None when there is none."""
        if self.call_opens_at is None or self.call_closes_at is None:
            return None
        return Window(self.call_opens_at, self.call_closes_at)

    def get_preview_template(self, request: object, mode_name: str) -> str:
        return "participation_pages/panels/panel_preview.html"


class PanelFeature(ClusterableModel, Orderable):
    """One background feature that the draw needs, such as age group, and nothing that it does not need."""

    panel = ParentalKey(Panel, on_delete=models.CASCADE, related_name="features")
    label = models.CharField(_("taustatieto"), max_length=80, help_text=_("Esimerkiksi ”Ikäryhmä”."))
    help_text = models.CharField(_("ohje hakijalle"), max_length=200, blank=True)
    may_decline = models.BooleanField(
        _("hakija voi jättää sanomatta"), default=False, help_text=_("Lisää vaihtoehdon ”En halua sanoa”.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("taustatieto")
        verbose_name_plural = _("taustatiedot")
        constraints = [
            models.UniqueConstraint(
                Lower("label"),
                "panel",
                name="panel_feature_label_once",
                violation_error_message=_("Sama taustatieto on jo mukana."),
            )
        ]

    def __str__(self) -> str:
        return self.label

    def as_rule(self) -> Feature:
        """The feature as `domain.answers` judges it."""
        return Feature(self.label, tuple(value.label for value in self.values.all()), self.may_decline)


class PanelFeatureValue(Orderable):
    """One answer that a feature offers. The draw's quotas will stand on it."""

    feature = ParentalKey(PanelFeature, on_delete=models.CASCADE, related_name="values")
    label = models.CharField(_("vaihtoehto"), max_length=80)

    class Meta(Orderable.Meta):
        verbose_name = _("vaihtoehto")
        verbose_name_plural = _("vaihtoehdot")
        constraints = [
            models.UniqueConstraint(
                Lower("label"),
                "feature",
                name="panel_feature_value_once",
                violation_error_message=_("Sama vaihtoehto on jo mukana."),
            )
        ]

    def __str__(self) -> str:
        return self.label
