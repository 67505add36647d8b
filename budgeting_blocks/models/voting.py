"""The right to vote and the ballots, kept apart.

Nothing here joins a code, a ballot and a receipt: no key, no time, no order. Every id is drawn at random, because SQLite
keeps rows in the order of their ids, and a counter would tell who came when.
"""

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budgeting_blocks.choices import AgeBand, MeansKind, Strength
from budgeting_blocks.models.proposals import Proposal
from budgeting_blocks.models.rounds import Area, Round


def random_id() -> int:
    """A random positive 63-bit number."""
    return secrets.randbelow(2**63 - 1) + 1


def random_salt() -> str:
    """32 random bytes in hexadecimal."""
    return secrets.token_hex(32)


class RandomIdField(models.BigIntegerField):
    """A primary key drawn at random. On SQLite it is the row's very place: only a column declared `INTEGER` is, and beside
    any other SQLite keeps a hidden rowid, which counts up and so remembers the order of arrival."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "primary_key": True, "default": random_id, "editable": False})

    def db_type(self, connection: Any) -> str | None:
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)


class BallotBox(models.Model):
    """What the voting of one round needs besides its rows: the salt of its code hashes. `shaking` is true only inside the
    transaction that writes the box anew; the triggers of `guards` let rows go only then."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="ballot_box")
    salt = models.CharField(max_length=64, default=random_salt, editable=False)
    shaking = models.BooleanField(default=False, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("vaaliuurna")
        verbose_name_plural = _("vaaliuurnat")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.round)


class CodeBatch(models.Model):
    """Voting codes made at one time, for one letter run or one desk. The codes themselves are shown only then."""

    round = models.ForeignKey(Round, verbose_name=_("kierros"), on_delete=models.PROTECT, related_name="code_batches")
    label = models.CharField(_("erän nimi"), max_length=80)
    size = models.PositiveIntegerField(_("koodeja"))
    created_at = models.DateTimeField(_("luotu"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("luoja"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    # Tells that the same post came in again; from it the codes cannot be worked out.
    key_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001  (none is not a key)
    revoked_at = models.DateTimeField(_("mitätöity"), null=True, blank=True)
    revoked_reason = models.CharField(_("mitätöinnin syy"), max_length=300, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("koodierä")
        verbose_name_plural = _("koodierät")
        default_permissions = ("add", "view")
        permissions = [("revoke_codebatch", _("Saa mitätöidä koodierän"))]
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="code_batch_is_not_empty"),
            models.UniqueConstraint(
                fields=["round", "label"],
                name="code_batch_label_is_unique",
                violation_error_message=_("Kierroksella on jo tämänniminen erä."),
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | ~Q(revoked_reason=""),
                name="revoked_batch_has_a_reason",
                violation_error_message=_("Kirjoita, miksi erä mitätöidään."),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class VotingRight(models.Model):
    """The right of one person to vote once, by one means. Only keyed hashes are kept: of the secret that proves it, and,
    where the means tells who the person is, of the person. One person may hold rights by several means; one of them
    can be used."""

    id = RandomIdField()
    round = models.ForeignKey(Round, verbose_name=_("kierros"), on_delete=models.PROTECT, related_name="voting_rights")
    batch = models.ForeignKey(
        CodeBatch, verbose_name=_("erä"), on_delete=models.PROTECT, related_name="rights", null=True, blank=True
    )
    means = models.CharField(_("tunnistustapa"), max_length=8, choices=MeansKind, default=MeansKind.CODE)
    secret_hash = models.CharField(max_length=64)
    person_hash = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001  (unknown is not the empty person)
    used = models.BooleanField(_("käytetty"), default=False)
    area = models.ForeignKey(
        Area, verbose_name=_("alue"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    age_band = models.CharField(_("ikäryhmä"), max_length=8, choices=AgeBand, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("äänioikeus")
        verbose_name_plural = _("äänioikeudet")
        default_permissions = ("view",)
        permissions = [("assist_voting", _("Saa antaa äänioikeuden palvelupisteessä"))]
        indexes = [models.Index(fields=["round", "person_hash"], name="voting_right_of_person")]
        constraints = [
            models.UniqueConstraint(fields=["round", "secret_hash"], name="voting_right_is_unique_in_round"),
            models.UniqueConstraint(
                fields=["round", "person_hash"], condition=Q(used=True), name="person_votes_once_in_round"
            ),
            models.CheckConstraint(condition=Q(means__in=MeansKind.values), name="voting_right_means_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_means_display()} {self.pk}"


class Ballot(models.Model):
    """One cast ballot. It knows its round and by which means it came, and nothing else about its voter."""

    id = RandomIdField()
    round = models.ForeignKey(Round, verbose_name=_("kierros"), on_delete=models.PROTECT, related_name="ballots")
    means = models.CharField(_("tunnistustapa"), max_length=8, choices=MeansKind, default=MeansKind.CODE)
    strength = models.CharField(_("vahvuus"), max_length=8, choices=Strength, default=Strength.MEDIUM)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("äänestyslippu")
        verbose_name_plural = _("äänestysliput")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return str(self.pk)


class BallotChoice(models.Model):
    """One proposal chosen on one ballot. `points`: 1, but on a ballot of points what the voter gave it."""

    id = RandomIdField()
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="choices")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField(_("pisteet"), default=1)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("valinta")
        verbose_name_plural = _("valinnat")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["ballot", "proposal"], name="proposal_once_on_ballot"),
            models.CheckConstraint(condition=Q(points__gt=0), name="choice_has_points"),
        ]

    def __str__(self) -> str:
        return str(self.proposal_id)


class VoteReceipt(models.Model):
    """That a ballot is in the box; never which one. `proof` recognises the same post sent again: it is keyed with the
    voter's own key, which is not kept anywhere."""

    id = RandomIdField()
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="vote_receipts")
    code = models.CharField(max_length=24, unique=True)
    proof = models.CharField(max_length=64)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("äänestyskuitti")
        verbose_name_plural = _("äänestyskuitit")
        default_permissions = ()
        # The public list of a closed round stands in this order.
        indexes = [models.Index(fields=["round", "code"], name="receipt_list_order")]

    def __str__(self) -> str:
        return self.code


class InterimSeal(models.Model):
    """What a round's electronic votes were when the voting closed, while ballots on paper are still being read. `digest`
    is published; `secret` is its key, taken away when the whole box is sealed (`domain.sealing.interim_digest`)."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="interim_seal")
    sealed_at = models.DateTimeField(_("sinetöity"))
    ballots = models.PositiveIntegerField(_("äänestyslippuja"))
    receipts = models.PositiveIntegerField(_("kuitteja"))
    digest = models.CharField(_("tiiviste"), max_length=64)
    secret = models.CharField(max_length=64, default=random_salt, blank=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("sähköisten äänten sinetti")
        verbose_name_plural = _("sähköisten äänten sinetit")
        default_permissions = ()

    def __str__(self) -> str:
        return self.digest


class RoundSeal(models.Model):
    """That a round's box was closed for good: how many ballots it held, and one digest over all of them and the rules.
    `document` is what was published of it: the digest's parts, and why it was sealed if the numbers did not meet."""

    round = models.OneToOneField(Round, verbose_name=_("kierros"), on_delete=models.PROTECT, related_name="seal")
    sealed_at = models.DateTimeField(_("sinetöity"))
    ballots = models.PositiveIntegerField(_("äänestyslippuja"))
    digest = models.CharField(_("tiiviste"), max_length=64)
    rules_fingerprint = models.CharField(_("sääntöjen tiiviste"), max_length=64)
    document = models.JSONField(default=dict)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("uurnan sinetti")
        verbose_name_plural = _("uurnien sinetit")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(digest="") & ~Q(rules_fingerprint=""), name="seal_has_digests"),
        ]

    def __str__(self) -> str:
        return self.digest
