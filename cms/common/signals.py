"""Connects the page cache to everything that Wagtail publishes."""

from django.db.models.signals import post_delete
from wagtail.models import Page, Site
from wagtail.signals import page_slug_changed, post_page_move, published, unpublished

from cms.common.pagecache import invalidate, invalidate_on_save

for _signal in (published, unpublished, page_slug_changed, post_page_move):
    _signal.connect(invalidate, dispatch_uid="pagecache-content")
post_delete.connect(invalidate, sender=Page, dispatch_uid="pagecache-page-deleted")
invalidate_on_save(Site)
