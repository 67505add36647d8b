"""Sessions of a panel, and what was changed in its times after they were announced."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from participation_pages.panels.choices import ChangeKind
from participation_pages.panels.domain import schedule
from participation_pages.panels.models.panels import Panel


class PanelSession(models.Model):
    """A meeting of a panel as first planned. Not drafted with the panel: its state must not depend on which draft is live."""

    panel = models.ForeignKey(Panel, verbose_name=_("raati"), on_delete=models.CASCADE, related_name="sessions")
    title = models.CharField(_("nimi"), max_length=120, help_text=_("Esimerkiksi ”Ensimmäinen istunto”."))
    starts_at = models.DateTimeField(_("alkaa"))
    ends_at = models.DateTimeField(_("päättyy"))
    place = models.CharField(_("paikka"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("raadin istunto")
        verbose_name_plural = _("raadin istunnot")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="panel_session_ends_after_it_begins",
                violation_error_message=_("Istunnon on päätyttävä alkamisen jälkeen."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def planned(self) -> schedule.Window:
        return schedule.Window(self.starts_at, self.ends_at)


class PanelChange(models.Model):
    """An entry: the call (`session` empty) or a session was postponed or cancelled, and why. Only ever added."""

    panel = models.ForeignKey(Panel, verbose_name=_("raati"), on_delete=models.CASCADE, related_name="changes")
    session = models.ForeignKey(
        PanelSession,
        verbose_name=_("istunto"),
        on_delete=models.CASCADE,
        related_name="changes",
        null=True,
        blank=True,
    )
    kind = models.CharField(_("muutos"), max_length=20, choices=ChangeKind)
    reason = models.CharField(_("syy"), max_length=500)
    starts_at = models.DateTimeField(_("uusi alku"), null=True, blank=True)
    ends_at = models.DateTimeField(_("uusi loppu"), null=True, blank=True)
    made_at = models.DateTimeField(_("milloin"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("kuka"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("aikataulun muutos")
        verbose_name_plural = _("aikataulun muutokset")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ChangeKind.values), name="panel_change_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="panel_change_has_reason",
                violation_error_message=_("Kirjoita syy. Se näkyy kaikille."),
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True)
                | Q(ends_at__gt=F("starts_at"), kind=ChangeKind.POSTPONED),
                name="panel_change_time_is_whole",
                violation_error_message=_("Kirjoita sekä uusi alku että loppu, tai jätä molemmat tyhjiksi."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.session or self.panel}"

    def as_rule(self) -> schedule.Change:
        """The entry as `domain.schedule` reads it."""
        window = schedule.Window(self.starts_at, self.ends_at) if self.starts_at and self.ends_at else None
        return schedule.Change(schedule.ChangeKind(self.kind), self.reason, self.made_at, window)
