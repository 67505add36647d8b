"""Residents' proposals, their authors' private details, and what screening says of them."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.locks import BaseLock
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from budgeting_blocks.choices import (
    BALLOT_STATES,
    DECIDED_STATES,
    STATE_TONES,
    WAITING_STATES,
    ProposalSource,
    ScreeningState,
)
from budgeting_blocks.domain.folding import fold, sort_key
from budgeting_blocks.domain.phases import Kind, Stage
from budgeting_blocks.models.fields import DerivedTextField, both_or_neither, rotation_key
from budgeting_blocks.models.locks import BallotLock, MergedLock
from budgeting_blocks.models.rounds import Area, Criterion, Pot, Round, Theme
from budgeting_blocks.querysets import ProposalQuerySet
from cms.users.models import Unit


class Proposal(
    index.Indexed,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    models.Model,
):
    """What a resident suggests. Public once a moderator has published it."""

    round = models.ForeignKey(Round, verbose_name=_("kierros"), on_delete=models.PROTECT, related_name="proposals")
    # A round would be shown as used in thousands of places; the protected key guards it already.
    round.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
    title = models.CharField(_("otsikko"), max_length=100)
    summary = models.CharField(_("tiivistelmä"), max_length=280)
    description = models.TextField(_("kuvaus"), max_length=4000, validators=[MaxLengthValidator(4000)])
    theme = models.ForeignKey(Theme, verbose_name=_("teema"), on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(
        Area, verbose_name=_("alue"), on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    place = models.CharField(_("paikka"), max_length=160, blank=True)
    # In revisions too: another photo of the author's waits for the moderator with the text that it belongs to.
    photo = models.ForeignKey(
        "budgeting_blocks.ProposalPhoto",
        verbose_name=_("kuva"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    criteria = models.ManyToManyField(
        Criterion, verbose_name=_("kriteerit, jotka ehdottajan mielestä täyttyvät"), blank=True, related_name="+"
    )
    source = models.CharField(
        _("mistä ehdotus tuli"),
        max_length=8,
        choices=ProposalSource,
        default=ProposalSource.WEB,
        editable=False,
        serialize=False,
    )
    consented_at = models.DateTimeField(_("suostumus kirjattu"), null=True, blank=True, editable=False, serialize=False)
    latitude = models.FloatField(_("leveysaste"), null=True, blank=True)
    longitude = models.FloatField(_("pituusaste"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("lähetetty"), default=timezone.now, db_index=True, editable=False)
    submission_key = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    search_text = DerivedTextField(sources=("title", "summary", "description", "place"), make=fold)
    sort_title = DerivedTextField(sources=("title",), make=sort_key)
    rotation_key = models.BigIntegerField(default=rotation_key, editable=False, serialize=False)

    objects = ProposalQuerySet.as_manager()

    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="proposal",
        for_concrete_model=False,
    )
    revisions = GenericRelation("wagtailcore.Revision", related_query_name="proposal")

    search_fields = [
        index.SearchField("title", boost=3),
        index.AutocompleteField("title"),
        index.SearchField("summary", boost=2),
        index.SearchField("description"),
        index.FilterField("live"),
        index.FilterField("round"),
        index.FilterField("theme"),
        index.FilterField("area"),
        index.RelatedFields("round", [index.FilterField("live")]),
    ]

    class Meta:
        verbose_name = _("ehdotus")
        verbose_name_plural = _("ehdotukset")
        ordering = ["-submitted_at", "-pk"]
        indexes = [
            models.Index(fields=["round", "live", "-submitted_at", "-id"], name="proposal_gallery_order"),
            models.Index(fields=["round", "live", "sort_title", "id"], name="proposal_gallery_by_title"),
            # These orders are computed, so they sort; what they compute from is all in the index.
            models.Index(fields=["round", "live", "rotation_key", "id"], name="proposal_gallery_by_rotation"),
            models.Index(fields=["round", "live", "latitude", "longitude", "id"], name="proposal_gallery_by_place"),
            models.Index(fields=["round", "live", "theme", "area", "latitude", "id"], name="proposal_gallery_facets"),
        ]
        constraints = [
            both_or_neither("proposal_has_whole_point", _("Anna sekä leveys- että pituusaste.")),
            models.CheckConstraint(condition=Q(source__in=ProposalSource.values), name="proposal_source_is_known"),
            models.CheckConstraint(
                condition=Q(source=ProposalSource.WEB) | Q(consented_at__isnull=False),
                name="entered_proposal_has_consent",
                violation_error_message=_("Kirjaa, että ehdottaja on suostunut ehdotuksen julkaisemiseen."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The public page's path, in the language of the moment."""
        return reverse("budgeting:proposal", args=[self.pk, self.slug])

    @property
    def slug(self) -> str:
        """The readable part of the address; the number before it is what counts."""
        return slugify(self.title)[:60].strip("-") or "ehdotus"

    @property
    def publicity(self) -> str:
        """Whether residents see it, in one word and from this record alone: lists show hundreds of these."""
        if self.live:
            label = _("Julkaistu, muutoksia odottaa") if self.has_unpublished_changes else _("Julkaistu")
        else:
            label = _("Poistettu näkyvistä") if self.first_published_at else _("Ei vielä julkaistu")
        return str(label)

    @property
    def assessment(self) -> Screening:
        """What screening says; an unsaved, empty one where nobody has assessed the proposal yet."""
        try:
            return self.screening
        except Screening.DoesNotExist:
            return Screening(proposal=self)

    def with_content_json(self, content: dict[str, Any]) -> Proposal:
        """A draft as a proposal, at its own place in the fair order and with its own origin."""
        draft = super().with_content_json(content)
        draft.rotation_key = self.rotation_key
        draft.source, draft.consented_at = self.source, self.consented_at
        return draft

    def get_lock(self) -> BaseLock | None:
        """Wagtail's locks, and two more: what is on an open ballot stands as it is, and so does what was merged."""
        lock = super().get_lock()
        if lock is None and self.pk and self._belongs_to_open_ballot():
            return BallotLock(self)
        if lock is None and self.pk and not self.live and hasattr(self, "merge"):
            return MergedLock(self)
        return lock

    def clean(self) -> None:
        """What was assessed for one round's ballot does not move to another's."""
        super().clean()
        stored = Proposal.objects.filter(pk=self.pk, first_published_at__isnull=False).first() if self.pk else None
        if stored is not None and stored.round_id != self.round_id:
            raise ValidationError({"round": _("Julkaistua ehdotusta ei voi siirtää toiselle kierrokselle.")})

    def is_on_open_ballot(self) -> bool:
        """Whether people are voting on this proposal, or have voted and the votes are not counted yet."""
        return self.live and self._belongs_to_open_ballot()

    def _belongs_to_open_ballot(self) -> bool:
        # Also one that was taken off before the vote: published now, it would join a ballot that people use already.
        if self.assessment.state not in BALLOT_STATES:
            return False
        stage = self.round.schedule.stage(Kind.VOTING, timezone.now())
        if stage is Stage.COMING:
            return self.round.rule_versions.exists()
        # Until the count: what is hidden between closing and counting would lose its place for lack of being seen.
        return stage is Stage.OPEN or (stage is Stage.CLOSED and not hasattr(self.round, "result"))

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "budgeting_blocks/proposals/proposal.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        return {"proposal": self, "title": self.title}


class ProposalContact(models.Model):
    """How to reach the author: private, kept apart, deleted on time. `follow_hash` opens the private follow-up page."""

    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="contact")
    email = models.EmailField(_("sähköposti"))
    language = models.CharField(max_length=8, default="fi")
    follow_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(db_index=True)
    told_of_publication_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("ehdottajan yhteystieto")
        verbose_name_plural = _("ehdottajien yhteystiedot")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"#{self.proposal_id}"


class Screening(models.Model):
    """The city's assessment of one proposal. It passes to the vote only with a cost and public reasons."""

    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="screening")
    state = models.CharField(_("tila"), max_length=20, choices=ScreeningState, default=ScreeningState.NOT_ASSESSED)
    unit = models.ForeignKey(
        Unit, verbose_name=_("vastuuyksikkö"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    pot = models.ForeignKey(
        Pot, verbose_name=_("osuus"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(_("määräpäivä"), null=True, blank=True)
    cost = models.PositiveIntegerField(_("kustannusarvio, €"), null=True, blank=True)
    cost_explanation = models.TextField(
        _("mistä kustannus muodostuu"),
        max_length=1000,
        validators=[MaxLengthValidator(1000)],
        blank=True,
        help_text=_("Näkyy kaikille."),
    )
    upkeep = models.PositiveIntegerField(_("ylläpito, € vuodessa"), null=True, blank=True)
    upkeep_explanation = models.TextField(
        _("mistä ylläpito muodostuu"),
        max_length=1000,
        validators=[MaxLengthValidator(1000)],
        blank=True,
        help_text=_("Näkyy kaikille."),
    )
    reasons = models.TextField(
        _("perustelut"),
        max_length=2000,
        validators=[MaxLengthValidator(2000)],
        blank=True,
        help_text=_("Näkyvät kaikille."),
    )
    # Grows by one at every change: who saves over another's change is told.
    version = models.PositiveIntegerField(default=0, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("arviointi")
        verbose_name_plural = _("arvioinnit")
        default_permissions = ("change", "view")
        permissions = [("assign_screening", _("Saa jakaa arvioinnit ja nähdä kaikkien yksiköiden arvioinnit"))]
        indexes = [
            models.Index(fields=["due_on", "id"], name="screening_board_order"),
            models.Index(fields=["unit", "due_on", "id"], name="screening_board_of_a_unit"),
            models.Index(fields=["state", "proposal"], name="screening_by_state"),
            models.Index(fields=["cost", "proposal"], name="screening_by_cost"),
            # What the gallery counts and orders by, without reading the reasons.
            models.Index(fields=["proposal", "state", "cost"], name="screening_in_gallery"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ScreeningState.values), name="screening_state_is_known"),
            models.CheckConstraint(
                # What old rounds funded is on no ballot of this site, and its cost may be forgotten.
                condition=(~Q(state=ScreeningState.PROCEEDS) | Q(cost__isnull=False, cost__gt=0))
                & (~Q(state__in=BALLOT_STATES) | ~Q(reasons="")),
                name="ballot_item_has_cost_and_reasons",
                violation_error_message=_("Äänestykseen etenevällä on oltava kustannusarvio ja perustelut."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=DECIDED_STATES) | ~Q(reasons=""),
                name="decision_has_reasons",
                violation_error_message=_("Kirjoita perustelut: ne näkyvät kaikille."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.proposal)

    @property
    def is_late(self) -> bool:
        """Whether it should have been decided on before today."""
        waits = self.state in WAITING_STATES
        return waits and self.due_on is not None and self.due_on < timezone.localdate()

    @property
    def is_decided(self) -> bool:
        """Whether the city has said what becomes of the proposal."""
        return self.state in DECIDED_STATES

    @property
    def tone(self) -> str:
        """The colour of the state's badge."""
        return STATE_TONES[self.state]
