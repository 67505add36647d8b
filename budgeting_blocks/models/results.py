"""The result of a round's vote. Nothing of it is shown to anybody before `published_at` is set, but in the count view."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budgeting_blocks.choices import Outcome
from budgeting_blocks.models.proposals import Proposal
from budgeting_blocks.models.rounds import Pot, Round


class RoundResult(models.Model):
    """How the vote ended. `voters` is None where the city no longer knows it, `eligible` where nobody counted those who might
    have voted; `ties` lists the ids of proposals between
    which equal votes left the choice to the tie rule.

    `log` is the count itself, pot by pot and round by round (see `domain.countlog`); empty where the count was made
    elsewhere. `turnout` holds voters by means, area and age band, small groups already left out: `domain.turnout`.
    `voided`: the void ballots by channel ("" but for paper) and reason, as rows of three. `comparison`: other ways to count
    the same sealed box (`domain.comparing`), kept because they take long; as secret as the result.
    """

    round = models.OneToOneField(Round, verbose_name=_("kierros"), on_delete=models.PROTECT, related_name="result")
    counted_at = models.DateTimeField(_("laskettu"))
    published_at = models.DateTimeField(_("julkaistu"), null=True, blank=True)
    voters = models.PositiveIntegerField(_("äänestäjiä"), null=True, blank=True)
    eligible = models.PositiveIntegerField(_("äänioikeutettuja"), null=True, blank=True)
    void = models.PositiveIntegerField(_("hylättyjä lippuja"), default=0)
    voided = models.JSONField(_("hylätyt liput perusteittain"), default=list, blank=True, editable=False)
    ties = models.JSONField(_("tasatilanteet"), default=list, blank=True)
    log = models.JSONField(_("laskennan kulku"), default=dict, blank=True)
    turnout = models.JSONField(_("äänestäneet ryhmittäin"), default=dict, blank=True)
    comparison = models.JSONField(_("laskutapojen vertailu"), default=dict, blank=True, editable=False)
    lot_seed = models.CharField(_("arvan siemenluku"), max_length=200, blank=True)
    imported_hash = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    decision = models.CharField(_("päätös"), max_length=300, blank=True)
    decision_by = models.CharField(_("kuka vahvisti"), max_length=120, blank=True)
    decision_body = models.CharField(_("toimielin"), max_length=120, blank=True)
    decision_date = models.DateField(_("päätöspäivä"), null=True, blank=True)
    decision_section = models.CharField(_("pykälä"), max_length=40, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("äänestyksen tulos")
        verbose_name_plural = _("äänestysten tulokset")
        default_permissions = ()
        permissions = [
            ("count_round", _("Saa laskea äänet")),
            ("publish_result", _("Saa vahvistaa ja julkaista äänestyksen tuloksen")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at=None) | ~Q(decision=""),
                name="published_result_has_a_decision",
                violation_error_message=_("Kirjoita, kuka vahvisti tuloksen ja milloin."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.round)


class ResultLine(models.Model):
    """One proposal in a result: its place, the votes it got, its cost when the votes were counted (both None where the city no
    longer knows), and why it was funded or not. `votes` are points on a ballot of points."""

    result = models.ForeignKey(RoundResult, on_delete=models.CASCADE, related_name="lines")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    pot = models.ForeignKey(
        Pot, verbose_name=_("osuus"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    rank = models.PositiveIntegerField(_("sija"))
    votes = models.PositiveIntegerField(_("ääniä"), null=True, blank=True)
    cost = models.PositiveIntegerField(_("kustannusarvio, €"), null=True, blank=True)
    funded = models.BooleanField(_("rahoitetaan"), default=False)
    outcome = models.CharField(_("perustelu"), max_length=16, choices=Outcome, default=Outcome.UNKNOWN)
    why = models.JSONField(_("perustelun luvut"), default=dict, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("tulosrivi")
        verbose_name_plural = _("tulosrivit")
        default_permissions = ()
        ordering = ["result", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["result", "proposal"], name="proposal_once_in_result"),
            models.UniqueConstraint(fields=["result", "rank"], name="rank_once_in_result"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.proposal}"
