"""What search engines may find: public pages in every language, and residents' content that has been published."""

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Model, Q, QuerySet
from wagtail.contrib.sitemaps import Sitemap as WagtailSitemap
from wagtail.models import Page, PageQuerySet

from budgeting_blocks.models import Proposal
from home.selectors import home_pages


class PageSitemap(WagtailSitemap):
    """Live, unrestricted pages of all language trees of the site."""

    def items(self) -> PageQuerySet:
        trees = Q(pk__in=[])
        for home in home_pages(self.get_wagtail_site()).values():
            trees |= Q(path__startswith=home.path)
        return Page.objects.filter(trees).live().public().order_by("path").defer_streamfields().specific()


class RecordSitemap(Sitemap):
    """Published records of one model that have an address of their own."""

    def __init__(self, model: type[Model]) -> None:
        self.model = model

    def items(self) -> QuerySet:
        manager = self.model._default_manager
        return (manager.public() if hasattr(manager, "public") else manager.filter(live=True)).order_by("pk")

    def lastmod(self, item: Any) -> datetime | None:
        return item.last_published_at


SITEMAPS = {"pages": PageSitemap, "proposals": RecordSitemap(Proposal)}
