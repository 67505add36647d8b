"""Photos of proposals: kept, and forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q

from budgeting_blocks.models import ProposalDraft, ProposalPhoto
from cms.common.photos import CleanPhoto

# A photo on a page of text need not be larger.
MAX_SIDE = 1600
# How long the photo of a proposal that was never published, or one that another took the place of, is kept.
PHOTO_DAYS = 180


def store_photo(*, photo: CleanPhoto, alt: str, now: datetime) -> ProposalPhoto:
    """Keep a photo. It is nobody's until a draft or a proposal takes it; the nightly job removes what nobody took."""
    stored = ProposalPhoto(alt=alt, width=photo.width, height=photo.height, created_at=now)
    stored.file.save("photo.jpg", ContentFile(photo.content), save=False)
    try:
        stored.save()
    except Exception:
        stored.file.delete(save=False)
        raise
    return stored


def delete_file(instance: ProposalPhoto, **_kwargs: Any) -> None:
    """Take the file of a deleted photo off the disk, once that is certain. A receiver of the model's signal."""
    storage, name = instance.file.storage, instance.file.name or ""

    def remove() -> None:
        # The same picture with other words to it is another record.
        if not ProposalPhoto.objects.filter(file=name).exists():
            storage.delete(name)

    if name:
        transaction.on_commit(remove)


def purge_photos(now: datetime) -> int:
    """Delete photos that no form, no published proposal and no waiting one needs any more. Returns how many."""
    nobodys = Q(proposal=None, created_at__lt=now - timedelta(days=1))
    unpublished = Q(proposal__first_published_at=None) & ~Q(proposal=None)
    replaced = Q(proposal__first_published_at__isnull=False) & (Q(proposal__photo=None) | ~Q(proposal__photo=F("pk")))
    old = Q(created_at__lt=now - timedelta(days=PHOTO_DAYS)) & (unpublished | replaced)
    drafted = ProposalDraft.objects.exclude(photo=None).values("photo")
    rows = list(ProposalPhoto.objects.filter(nobodys | old).exclude(pk__in=drafted))
    for row in rows:
        row.delete()
    return len(rows)
