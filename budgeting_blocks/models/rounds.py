"""A round of participatory budgeting: its money and its phases."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin
from wagtail.search import index

from budgeting_blocks.choices import PhaseKind, PotKind
from budgeting_blocks.domain.phases import Kind, Schedule, Window
from budgeting_blocks.models.fields import both_or_neither
from cms.common.clock import PreviewClockMixin


class Theme(models.Model):
    """What a proposal is about."""

    name = models.CharField(_("nimi"), max_length=80, unique=True)
    slug = models.SlugField(_("osoitteen osa"), max_length=80, unique=True)
    sort_order = models.PositiveSmallIntegerField(_("järjestys"), default=0)

    class Meta:
        verbose_name = _("teema")
        verbose_name_plural = _("teemat")
        ordering = ["sort_order", "name"]

    def __str__(self) -> str:
        return self.name


class Area(models.Model):
    """A part of the city that a proposal concerns."""

    name = models.CharField(_("nimi"), max_length=80, unique=True)
    slug = models.SlugField(_("osoitteen osa"), max_length=80, unique=True)
    sort_order = models.PositiveSmallIntegerField(_("järjestys"), default=0)
    latitude = models.FloatField(_("keskipisteen leveysaste"), null=True, blank=True)
    longitude = models.FloatField(_("keskipisteen pituusaste"), null=True, blank=True)

    class Meta:
        verbose_name = _("alue")
        verbose_name_plural = _("alueet")
        ordering = ["sort_order", "name"]
        constraints = [both_or_neither("area_has_whole_point", _("Anna sekä leveys- että pituusaste."))]

    def __str__(self) -> str:
        return self.name


class Round(PreviewClockMixin, index.Indexed, DraftStateMixin, RevisionMixin, PreviewableMixin, ClusterableModel):
    """One round. What happens in it by date stands in its phases; what services find out (results) in records of
    their own, so that publishing an older draft of the texts never takes it back."""

    title = models.CharField(_("nimi"), max_length=120)
    slug = models.SlugField(_("osoitteen osa"), max_length=80, unique=True)
    introduction = models.TextField(_("esittely"), max_length=1000, validators=[MaxLengthValidator(1000)], blank=True)
    budget = models.PositiveIntegerField(_("jaettava raha, €"), help_text=_("Kokonaisina euroina."))
    themes = ParentalManyToManyField(
        Theme,
        verbose_name=_("teemat"),
        blank=True,
        related_name="+",
        help_text=_("Jos et valitse mitään, kaikki teemat ovat mukana."),
    )
    # A rehearsal copies a real round. It is never live, so that nothing public can show it.
    rehearsal_of = models.ForeignKey(
        "self",
        verbose_name=_("harjoittelee kierrosta"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
    )

    # What `selectors.casting.find_live_round` reads along with a round.
    box_salt: str
    newest_version: tuple[int, int, str] | None

    search_fields = [index.SearchField("title"), index.AutocompleteField("title"), index.FilterField("live")]

    class Meta:
        verbose_name = _("kierros")
        verbose_name_plural = _("kierrokset")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(budget__gt=0), name="round_has_money"),
            models.CheckConstraint(condition=Q(rehearsal_of=None) | Q(live=False), name="rehearsal_is_never_public"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def schedule(self) -> Schedule:
        """The round's phases as the rules see them, read afresh each time unless `remember_schedule` was called."""
        remembered: Schedule | None = self.__dict__.get("_remembered_schedule")
        if remembered is not None:
            return remembered
        return Schedule.of(phase.as_window() for phase in self.phases.all())

    def remember_schedule(self) -> Schedule:
        """Read the phases once for all that follows; for showing, never before a change."""
        self._remembered_schedule = self.schedule
        return self._remembered_schedule

    def with_content_json(self, content: dict[str, Any]) -> Round:
        """A draft as a round; what an opened vote froze stays as it is, however old the draft is."""
        draft = super().with_content_json(content)
        now = timezone.now()
        # What is in force stands in the database; this object may itself be the draft that was just saved.
        stored = Round.objects.filter(pk=self.pk).first()
        if stored is None or not stored.is_frozen():
            return draft
        draft.budget, draft.slug = stored.budget, stored.slug
        wanted = Schedule.of(phase.as_window() for phase in draft.phases.all()).window(Kind.VOTING)
        if not stored.schedule.bears_voting_time(wanted, now):
            # A draft that was scheduled before the vote opened asks too late for another voting time.
            others = [phase for phase in draft.phases.all() if phase.kind != Kind.VOTING]
            draft.phases = [*others, *stored.phases.filter(kind=Kind.VOTING)]
        return draft

    def is_frozen(self) -> bool:
        """Whether its money, its ballot and the start of its vote stand as they are: its rules are frozen, or there is a
        ballot or a result. The date alone settles nothing: nobody votes before the rules are frozen."""
        return self.rule_versions.exists() or self.ballots.exists() or hasattr(self, "result")

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "budgeting_blocks/rounds/preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        return {"round": self, "title": self.title, "request": request}


class Phase(models.Model):
    """A half-open time `[opens_at, closes_at)` in which a round lets people do one thing."""

    round = ParentalKey(Round, on_delete=models.CASCADE, related_name="phases")
    kind = models.CharField(_("vaihe"), max_length=20, choices=PhaseKind)
    opens_at = models.DateTimeField(_("alkaa"))
    closes_at = models.DateTimeField(_("päättyy"))

    class Meta:
        verbose_name = _("vaihe")
        verbose_name_plural = _("vaiheet")
        ordering = ["opens_at"]
        constraints = [
            models.UniqueConstraint(fields=["round", "kind"], name="one_phase_of_a_kind_in_a_round"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="phase_ends_after_it_begins",
                violation_error_message=_("Vaiheen on päätyttävä alkamisen jälkeen."),
            ),
            models.CheckConstraint(condition=Q(kind__in=PhaseKind.values), name="phase_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.round}"

    def as_window(self) -> Window:
        return Window(Kind(self.kind), self.opens_at, self.closes_at)


class Pot(models.Model):
    """A share of a round's money with items of its own. A round without pots is one pot."""

    round = ParentalKey(Round, on_delete=models.CASCADE, related_name="pots")
    name = models.CharField(_("nimi"), max_length=80)
    slug = models.SlugField(_("osoitteen osa"), max_length=80)
    kind = models.CharField(_("kenelle"), max_length=8, choices=PotKind, default=PotKind.CITY)
    budget = models.PositiveIntegerField(_("raha, €"), help_text=_("Kokonaisina euroina."))
    area = models.ForeignKey(
        Area, verbose_name=_("alue"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sort_order = models.PositiveSmallIntegerField(_("järjestys"), default=0)
    # Wagtail moves rows up and down by this.
    sort_order_field = "sort_order"

    class Meta:
        verbose_name = _("osuus")
        verbose_name_plural = _("osuudet")
        ordering = ["sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "slug"], name="pot_slug_is_unique_in_round"),
            models.CheckConstraint(condition=Q(budget__gt=0), name="pot_has_money"),
            models.CheckConstraint(condition=Q(kind__in=PotKind.values), name="pot_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.name


class Criterion(models.Model):
    """What a proposal must be like to get to the vote."""

    round = ParentalKey(Round, on_delete=models.CASCADE, related_name="criteria")
    name = models.CharField(_("kriteeri"), max_length=120)
    help_text = models.CharField(_("tarkennus"), max_length=300, blank=True)
    for_author = models.BooleanField(
        _("ehdottaja vastaa"), default=True, help_text=_("Ehdottaja merkitsee lomakkeella, täyttyykö kriteeri.")
    )
    sort_order = models.PositiveSmallIntegerField(_("järjestys"), default=0)
    sort_order_field = "sort_order"

    class Meta:
        verbose_name = _("kriteeri")
        verbose_name_plural = _("kriteerit")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.name
