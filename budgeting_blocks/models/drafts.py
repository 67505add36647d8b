"""What belongs to a proposal while it is being made: the draft that saves as it goes, and photos."""

from __future__ import annotations

import secrets
from typing import Any

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from budgeting_blocks.models.proposals import Proposal
from budgeting_blocks.models.rounds import Round


def private_storage() -> Storage:
    """Where photos lie; no web server serves it, only a view that asks whether the photo is public."""
    return storages["private"]


def photo_path(_photo: ProposalPhoto, _filename: str) -> str:
    """A random name: nothing of the author's own file name is kept."""
    return f"proposals/{secrets.token_hex(16)}.jpg"


class ProposalPhoto(models.Model):
    """A photo made safe by `cms.common.photos`. Which proposal shows it, the proposal says; this knows whose it is."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, null=True, blank=True, related_name="photos")
    file = models.FileField(_("kuva"), storage=private_storage, upload_to=photo_path)
    alt = models.CharField(_("mitä kuvassa on"), max_length=160, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("ehdotuksen kuva")
        verbose_name_plural = _("ehdotusten kuvat")
        default_permissions = ()

    def __str__(self) -> str:
        return self.alt or f"#{self.pk}"


class ProposalDraft(models.Model):
    """A proposal that is still being written. Whoever holds the private link may go on with it.

    `data` holds the forms' fields as they were typed, right or wrong. A sent draft keeps nothing but its proposal, so that
    the same form sent twice finds it.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    data: Any = models.JSONField(default=dict)
    photo = models.ForeignKey(ProposalPhoto, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now, db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("ehdotuksen luonnos")
        verbose_name_plural = _("ehdotusten luonnokset")
        default_permissions = ()

    def __str__(self) -> str:
        return f"#{self.pk}"
