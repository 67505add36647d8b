"""Forums, their announcements and events, and the themes that sort both."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.search import index

from cms.common.datehints import MOMENT
from participation_pages.body import BodyPage
from participation_pages.forums.choices import FAULT_MESSAGES, EventStatus
from participation_pages.forums.domain import EventFault, event_faults


class ForumTheme(models.Model):
    """What an announcement or event is about. The Finnish name serves where another language has none."""

    name = models.CharField(_("nimi"), max_length=80, unique=True)
    name_en = models.CharField(_("nimi englanniksi"), max_length=80, blank=True)
    name_sv = models.CharField(_("nimi ruotsiksi"), max_length=80, blank=True)
    slug = models.SlugField(_("osoitteen osa"), max_length=80, unique=True)
    sort_order = models.PositiveSmallIntegerField(_("järjestys"), default=0)

    class Meta:
        verbose_name = _("foorumien teema")
        verbose_name_plural = _("foorumien teemat")
        ordering = ["sort_order", "name"]

    def __str__(self) -> str:
        return self.local_name

    @property
    def local_name(self) -> str:
        """The name in the active language."""
        return getattr(self, f"name_{get_language()}", "") or self.name


class ForumPage(BodyPage):
    """A forum: a place for one subject, its announcements and its events as child pages."""

    subpage_types = ["participation_pages.AnnouncementPage", "participation_pages.EventPage"]

    class Meta:
        verbose_name = _("foorumi")
        verbose_name_plural = _("foorumit")


class _ForumChildPage(BodyPage):
    """What announcements and events share. `introduction` is their summary in lists."""

    theme = models.ForeignKey(
        ForumTheme, verbose_name=_("teema"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    parent_page_types = ["participation_pages.ForumPage"]
    subpage_types: list[str] = []

    class Meta:
        abstract = True


class AnnouncementPage(_ForumChildPage):
    """News of a forum."""

    date = models.DateField(_("päivä"), default=timezone.localdate, help_text=_("Tiedotteen päivä, uusin ensin."))

    content_panels = [
        *BodyPage.content_panels[:-1],
        FieldRowPanel([FieldPanel("date"), FieldPanel("theme")]),
        FieldPanel("body"),
    ]
    search_fields = [*BodyPage.search_fields, index.FilterField("date")]

    class Meta:
        verbose_name = _("foorumin tiedote")
        verbose_name_plural = _("foorumin tiedotteet")
        indexes = [models.Index(fields=["-date", "-page_ptr"], name="announcement_order")]


class EventPage(_ForumChildPage):
    """Something to come to, in `[starts_at, ends_at)`. Only a postponed event may be without a (new) time."""

    status = models.CharField(_("tila"), max_length=20, choices=EventStatus, default=EventStatus.PLANNED)
    starts_at = models.DateTimeField(_("alkaa"), null=True, blank=True)
    ends_at = models.DateTimeField(_("päättyy"), null=True, blank=True)
    postponed_from = models.DateTimeField(
        _("alkuperäinen aika"),
        null=True,
        blank=True,
        help_text=_("Täyttyy itsestään, kun siirrät julkaistua tapahtumaa."),
    )
    cancel_reason = models.CharField(
        _("peruutuksen syy"),
        max_length=300,
        blank=True,
        help_text=_("Näkyy kaikille. Pakollinen, kun tapahtuma perutaan."),
    )
    place = models.CharField(_("paikka"), max_length=160, help_text=_("Esimerkiksi ”Kaupungintalo” tai ”Verkossa”."))
    address = models.CharField(_("osoite"), max_length=200, blank=True)

    content_panels = [
        *BodyPage.content_panels[:-1],
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_at", help_text=MOMENT), FieldPanel("ends_at", help_text=MOMENT)]),
                FieldRowPanel([FieldPanel("place"), FieldPanel("address")]),
                FieldPanel("theme"),
            ],
            heading=_("Aika ja paikka"),
        ),
        MultiFieldPanel(
            [
                HelpPanel(
                    _(
                        "Siirrä: valitse ”Siirretty” ja kirjoita uusi aika, tai jätä aika tyhjäksi, jos sitä ei vielä tiedetä. "
                        "Peru: valitse ”Peruttu” ja kerro syy. Pidetyksi tapahtuma muuttuu itsestään."
                    )
                ),
                FieldPanel("status"),
                FieldPanel("postponed_from"),
                FieldPanel("cancel_reason"),
            ],
            heading=_("Tilanne"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [*BodyPage.search_fields, index.SearchField("place"), index.FilterField("starts_at")]

    class Meta:
        verbose_name = _("foorumin tapahtuma")
        verbose_name_plural = _("foorumin tapahtumat")
        indexes = [
            models.Index(fields=["starts_at", "page_ptr"], name="event_order"),
            models.Index(fields=["ends_at"], name="event_end"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=EventStatus.values), name="event_status_is_known"),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="event_ends_after_it_begins",
                violation_error_message=FAULT_MESSAGES[EventFault.ENDS_TOO_EARLY],
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=False) | Q(status=EventStatus.POSTPONED),
                name="only_postponed_event_lacks_time",
                violation_error_message=FAULT_MESSAGES[EventFault.NO_START],
            ),
            models.CheckConstraint(
                condition=~Q(status=EventStatus.POSTPONED) | Q(postponed_from__isnull=False),
                name="postponed_event_keeps_old_date",
                violation_error_message=FAULT_MESSAGES[EventFault.NO_OLD_DATE],
            ),
            models.CheckConstraint(
                condition=~Q(status=EventStatus.CANCELLED) | ~Q(cancel_reason=""),
                name="cancelled_event_has_reason",
                violation_error_message=FAULT_MESSAGES[EventFault.NO_REASON],
            ),
        ]

    def clean(self) -> None:
        super().clean()
        self._keep_old_date()
        faults = event_faults(
            status=self.status,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            postponed_from=self.postponed_from,
            cancel_reason=self.cancel_reason,
        )
        if faults:
            raise ValidationError({field: FAULT_MESSAGES[fault] for field, fault in faults.items()})

    def _keep_old_date(self) -> None:
        """An editor who moves a published event need not copy its old date by hand."""
        if self.status == EventStatus.PLANNED:
            self.postponed_from = None
        elif self.status == EventStatus.POSTPONED and self.postponed_from is None and self.pk:
            known = EventPage.objects.filter(pk=self.pk).values_list("starts_at", flat=True).first()
            if known != self.starts_at:
                self.postponed_from = known
