"""A photo of a form that came back with errors waits here, so that the person need not choose it again.

It is already made safe. Its only reference is signed and stands in that person's form; the nightly job and every new
arrival's own sending remove it.
"""

from __future__ import annotations

import io
import secrets
from datetime import datetime, timedelta

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from cms.common.photos import CleanPhoto, PhotoRefused, clean_photo

FOLDER = "feedback-held"
MAX_AGE_SECONDS = 12 * 60 * 60
_SALT = "feedback_forms.held_photos"


def hold_photo(photo: CleanPhoto) -> str:
    """Keep the photo for some hours. Returns the signed reference for the form."""
    name = storages["private"].save(f"{FOLDER}/{secrets.token_hex(16)}.jpg", ContentFile(photo.content))
    return signing.dumps(name, salt=_SALT)


def _name_of(reference: str) -> str:
    """The file's name, or "" for a reference that is forged or too old."""
    try:
        return signing.loads(reference, salt=_SALT, max_age=MAX_AGE_SECONDS) if reference else ""
    except signing.BadSignature:
        return ""


def take_held_photo(reference: str) -> CleanPhoto | None:
    """The photo of a reference; None when it is gone, too old or not ours."""
    if not (name := _name_of(reference)):
        return None
    try:
        with storages["private"].open(name) as file:
            content = file.read()
        size = clean_photo(io.BytesIO(content))
    except (OSError, PhotoRefused):
        return None
    return CleanPhoto(content, size.width, size.height)


def release_held_photo(reference: str) -> None:
    """Delete the photo of a reference, once it is stored with its case or no longer wanted."""
    if name := _name_of(reference):
        storages["private"].delete(name)


def purge_held_photos(now: datetime) -> int:
    """Delete photos whose form never came back. Returns how many."""
    storage = storages["private"]
    try:
        _folders, names = storage.listdir(FOLDER)
    except FileNotFoundError:
        return 0
    old = now - timedelta(seconds=MAX_AGE_SECONDS)
    expired = [path for name in names if storage.get_modified_time(path := f"{FOLDER}/{name}") < old]
    for path in expired:
        storage.delete(path)
    return len(expired)
