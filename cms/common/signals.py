"""Connects the page cache to everything that changes what the public sees."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models.signals import post_delete, post_save
from wagtail.documents import get_document_model
from wagtail.models import DraftStateMixin, Locale, PageViewRestriction, Site
from wagtail.signals import page_slug_changed, post_page_move, published, unpublished

from cms.common.pagecache import invalidate, invalidate_on_save

# What saving a draft, locking or scheduling writes on a live record: none of it shows to the public.
DRAFT_FIELDS = frozenset(
    {
        "draft_title",
        "go_live_at",
        "expire_at",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "locked",
        "locked_at",
        "locked_by",
    }
)


def invalidate_when_shown(
    instance: DraftStateMixin, update_fields: Iterable[str] | None = None, raw: bool = False, **_kwargs: Any
) -> None:
    """A page or record was saved by code. Drafts, and what only editors see, leave the cache alone."""
    if instance.live and not raw and not (update_fields and DRAFT_FIELDS.issuperset(update_fields)):
        invalidate()


for _signal in (published, unpublished, page_slug_changed, post_page_move):
    _signal.connect(invalidate, dispatch_uid="pagecache-content")
for _model in apps.get_models():
    if issubclass(_model, DraftStateMixin):
        post_save.connect(invalidate_when_shown, sender=_model, dispatch_uid=f"pagecache-{_model._meta.label}-save")
        post_delete.connect(invalidate, sender=_model, dispatch_uid=f"pagecache-{_model._meta.label}-delete")
invalidate_on_save(
    Site, Locale, PageViewRestriction, get_document_model(), apps.get_model(settings.WAGTAILIMAGES_IMAGE_MODEL)
)
