"""Residents' proposals, their authors' private details, and what screening says of them."""

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from budgeting_blocks.choices import BALLOT_STATES, ScreeningState
from budgeting_blocks.models.rounds import Area, Round, Theme
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
    title = models.CharField(_("otsikko"), max_length=100)
    summary = models.CharField(_("tiivistelmä"), max_length=280)
    description = models.TextField(_("kuvaus"), max_length=4000)
    theme = models.ForeignKey(Theme, verbose_name=_("teema"), on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(
        Area, verbose_name=_("alue"), on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    place = models.CharField(_("paikka"), max_length=160, blank=True)
    submitted_at = models.DateTimeField(_("lähetetty"), db_index=True)
    submission_key = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)

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
    ]

    class Meta:
        verbose_name = _("ehdotus")
        verbose_name_plural = _("ehdotukset")
        ordering = ["-submitted_at", "-pk"]
        indexes = [
            models.Index(fields=["round", "live", "-submitted_at", "-id"], name="proposal_gallery_order"),
        ]

    def __str__(self) -> str:
        return self.title


class ProposalContact(models.Model):
    """How to reach the author: private, kept apart, deleted on time. `follow_hash` opens the private follow-up page."""

    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="contact")
    email = models.EmailField(_("sähköposti"))
    language = models.CharField(max_length=8, default="fi")
    follow_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("ehdottajan yhteystieto")
        verbose_name_plural = _("ehdottajien yhteystiedot")

    def __str__(self) -> str:
        return f"#{self.proposal_id}"


class Screening(models.Model):
    """The city's assessment of one proposal. It passes to the vote only with a cost and public reasons."""

    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="screening")
    state = models.CharField(_("tila"), max_length=20, choices=ScreeningState, default=ScreeningState.NOT_ASSESSED)
    unit = models.ForeignKey(
        Unit, verbose_name=_("vastuuyksikkö"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    cost = models.PositiveIntegerField(_("kustannusarvio, €"), null=True, blank=True)
    reasons = models.TextField(_("perustelut"), max_length=2000, blank=True, help_text=_("Näkyvät kaikille."))

    class Meta:
        verbose_name = _("arviointi")
        verbose_name_plural = _("arvioinnit")
        indexes = [models.Index(fields=["state", "proposal"], name="screening_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ScreeningState.values), name="screening_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state__in=BALLOT_STATES) | (Q(cost__gt=0) & ~Q(reasons="")),
                name="ballot_item_has_cost_and_reasons",
                violation_error_message=_("Äänestykseen etenevällä on oltava kustannusarvio ja perustelut."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ScreeningState.REJECTED) | ~Q(reasons=""),
                name="rejection_has_reasons",
                violation_error_message=_("Kirjoita perustelut sille, miksi ehdotus ei etene."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_state_display()
