"""A round's rule sheet, and its frozen versions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from budgeting_blocks.choices import (
    Add1Stop,
    BallotKind,
    BallotScope,
    Completion,
    CountRule,
    Leftover,
    MeansKind,
    Strength,
    TieRule,
    Utility,
)
from budgeting_blocks.models.rounds import Round


class RuleSheet(ClusterableModel):
    """How a round votes and counts. Edited until it is frozen; from then on its newest `RuleVersion` is in force."""

    round = models.OneToOneField(Round, verbose_name=_("kierros"), on_delete=models.CASCADE, related_name="rule_sheet")
    ballot_kind = models.CharField(_("äänestystapa"), max_length=10, choices=BallotKind, default=BallotKind.KNAPSACK)
    ballot_scope = models.CharField(_("rajat koskevat"), max_length=8, choices=BallotScope, default=BallotScope.ACROSS)
    min_choices = models.PositiveSmallIntegerField(_("vähintään valittava"), default=1)
    max_choices = models.PositiveSmallIntegerField(_("enintään valittava"), null=True, blank=True)
    max_points = models.PositiveSmallIntegerField(_("pisteitä jaettavana"), null=True, blank=True)
    max_points_per_item = models.PositiveSmallIntegerField(_("pisteitä enintään yhdelle"), null=True, blank=True)
    min_age = models.PositiveSmallIntegerField(_("alaikäraja"), null=True, blank=True)
    residents_only = models.BooleanField(_("vain kunnan asukkaat"), default=False)
    count_rule = models.CharField(_("laskutapa"), max_length=16, choices=CountRule, default=CountRule.GREEDY)
    utility = models.CharField(_("tasaosuuksien hyöty"), max_length=12, choices=Utility, default=Utility.COST)
    completion = models.CharField(
        _("tasaosuuksien täydennys"), max_length=12, choices=Completion, default=Completion.ADD1_GREEDY
    )
    add1_stop = models.CharField(_("korotuksen loppu"), max_length=10, choices=Add1Stop, default=Add1Stop.OVERSPEND)
    increment = models.PositiveIntegerField(_("korotus kerralla, €"), default=1)
    threshold = models.PositiveIntegerField(
        _("äänikynnys"), default=0, help_text=_("Ehdotus tarvitsee vähintään näin monta ääntä.")
    )
    tie_rule = models.CharField(_("tasatilanteessa"), max_length=12, choices=TieRule, default=TieRule.CHEAPER)
    # SHA-256 of the lot's seed; the seed itself is told when the votes are counted.
    lot_commitment = models.CharField(_("arvan sitoumus"), max_length=64, blank=True)
    leftover = models.CharField(_("jäljelle jäävä raha"), max_length=12, choices=Leftover, default=Leftover.RETURNS)
    counts_upkeep = models.BooleanField(_("ylläpito lasketaan hintaan"), default=False)
    upkeep_years = models.PositiveSmallIntegerField(_("ylläpitovuosia"), default=0)
    decision_body = models.CharField(_("päättäjä"), max_length=120, blank=True)
    decision_date = models.DateField(_("päätöspäivä"), null=True, blank=True)
    decision_section = models.CharField(_("pykälä"), max_length=40, blank=True)
    decision_url = models.URLField(_("päätöksen osoite"), blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("säännöt")
        verbose_name_plural = _("säännöt")
        default_permissions = ("change", "view")
        permissions = [("freeze_rules", _("Saa vahvistaa säännöt"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(max_choices=None) | Q(max_choices__gte=F("min_choices")),
                name="most_choices_are_not_under_least",
                violation_error_message=_("Enimmäismäärä ei voi olla vähimmäismäärää pienempi."),
            ),
            models.CheckConstraint(
                condition=~Q(ballot_kind=BallotKind.APPROVAL) | Q(max_choices__gt=0),
                name="approval_ballot_has_a_limit",
                violation_error_message=_("Kerro, montako ehdotusta saa enintään valita."),
            ),
            models.CheckConstraint(
                condition=~Q(ballot_kind=BallotKind.POINTS) | Q(max_points__gt=0),
                name="points_ballot_has_points",
                violation_error_message=_("Kerro, montako pistettä saa jakaa."),
            ),
            models.CheckConstraint(
                condition=Q(min_choices__gt=0),
                name="ballot_is_not_empty",
                violation_error_message=_("Vähintään yksi on valittava."),
            ),
            models.CheckConstraint(
                condition=Q(increment__gt=0),
                name="shares_rise_by_something",
                violation_error_message=_("Korotuksen on oltava vähintään yksi euro."),
            ),
            models.CheckConstraint(
                condition=Q(counts_upkeep=False) | Q(upkeep_years__gt=0),
                name="counted_upkeep_has_years",
                violation_error_message=_("Kerro, monenko vuoden ylläpito lasketaan."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.round)


class IdentificationMeans(models.Model):
    """One way to prove the right to vote in a round, and how surely it tells who votes."""

    sheet = ParentalKey(RuleSheet, on_delete=models.CASCADE, related_name="means")
    kind = models.CharField(_("tunnistustapa"), max_length=8, choices=MeansKind)
    strength = models.CharField(_("vahvuus"), max_length=8, choices=Strength)

    class Meta:
        verbose_name = _("tunnistustapa")
        verbose_name_plural = _("tunnistustavat")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "kind"], name="means_once_on_a_sheet"),
            models.CheckConstraint(condition=Q(kind__in=MeansKind.values), name="means_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class RuleVersion(models.Model):
    """The rules, the money and the ballot's items as they were frozen (1) or corrected (2, 3, …). Rows are only added.

    `document` is JSON in the shape of `domain.freezing.Frozen`; `fingerprint` is SHA-256 over its canonical text.
    """

    round = models.ForeignKey(Round, verbose_name=_("kierros"), on_delete=models.PROTECT, related_name="rule_versions")
    number = models.PositiveSmallIntegerField(_("versio"))
    document = models.JSONField()
    fingerprint = models.CharField(_("tiiviste"), max_length=64)
    reason = models.TextField(_("korjauksen syy"), max_length=1000, blank=True)
    created_at = models.DateTimeField(_("luotu"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("sääntöjen versio")
        verbose_name_plural = _("sääntöjen versiot")
        default_permissions = ("view",)
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="rule_version_number_is_unique"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""),
                name="correction_of_rules_has_a_reason",
                violation_error_message=_("Kirjoita, miksi sääntöjä korjataan."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.number}"
