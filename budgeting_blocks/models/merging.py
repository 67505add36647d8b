"""Proposals that were put together."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budgeting_blocks.models.proposals import Proposal


class ProposalMerge(models.Model):
    """That `source` lives on in `target`. The source is off the public lists, and its address leads to the target.

    `carried`: which rows of others (support, comments, …) went over, so that the merge can be undone.
    """

    target = models.ForeignKey(Proposal, verbose_name=_("mihin"), on_delete=models.PROTECT, related_name="merged_from")
    source = models.OneToOneField(Proposal, verbose_name=_("mikä"), on_delete=models.PROTECT, related_name="merge")
    reason = models.TextField(
        _("miksi ehdotukset yhdistetään"),
        max_length=1000,
        validators=[MaxLengthValidator(1000)],
        help_text=_("Näkyy kaikille."),
    )
    merged_at = models.DateTimeField(_("yhdistetty"))
    objection_until = models.DateTimeField(_("vastustettava viimeistään"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    live_revision_id = models.PositiveBigIntegerField(null=True, blank=True)
    carried = models.JSONField(default=dict)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("ehdotusten yhdistäminen")
        verbose_name_plural = _("ehdotusten yhdistämiset")
        default_permissions = ("add", "delete", "view")
        ordering = ["-merged_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(target=F("source")), name="merge_is_of_two"),
            models.CheckConstraint(condition=~Q(reason=""), name="merge_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"#{self.source_id} → #{self.target_id}"


class MergeObjection(models.Model):
    """An author of the family does not agree. The coordinator answers, or undoes the merge."""

    merge = models.ForeignKey(ProposalMerge, on_delete=models.CASCADE, related_name="objections")
    proposal = models.ForeignKey(Proposal, verbose_name=_("kenen ehdotus"), on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("miksi vastustat"), max_length=1000, validators=[MaxLengthValidator(1000)])
    created_at = models.DateTimeField(_("vastustettu"), db_index=True)
    answer = models.TextField(_("vastaus"), max_length=1000, validators=[MaxLengthValidator(1000)], blank=True)
    answered_at = models.DateTimeField(_("vastattu"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("vastustus yhdistämiselle")
        verbose_name_plural = _("vastustukset yhdistämisille")
        default_permissions = ()
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["merge", "proposal"], name="author_objects_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class DistinctPair(models.Model):
    """Staff have looked at two proposals that read alike: they are not the same, and are not suggested for a merge again."""

    one = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(_("todettu"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("kaksi eri ehdotusta")
        verbose_name_plural = _("kaksi eri ehdotusta")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="pair_is_distinct_once"),
            # One way round only, so that a pair is one row.
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="distinct_pair_is_in_order"),
        ]

    def __str__(self) -> str:
        return f"#{self.one_id} ≠ #{self.other_id}"
