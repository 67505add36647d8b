"""What search engines may find: public pages in every language, and residents' content that has been published."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Q, QuerySet
from wagtail.contrib.sitemaps import Sitemap as WagtailSitemap
from wagtail.models import Page, PageQuerySet

from budgeting_blocks.models import Proposal
from feedback_forms.models import PublicFeedback
from home.selectors import home_pages


class PageSitemap(WagtailSitemap):
    """Live, unrestricted pages of all language trees of the site."""

    def items(self) -> PageQuerySet:
        trees = Q(pk__in=[])
        for home in home_pages(self.get_wagtail_site()).values():
            trees |= Q(path__startswith=home.path)
        return Page.objects.filter(trees).live().public().order_by("path").defer_streamfields().specific()


class RecordSitemap(Sitemap):
    """Records that have an address of their own; `public` gives those that everybody may see."""

    def __init__(self, public: Callable[[], QuerySet]) -> None:
        self.public = public

    def items(self) -> QuerySet:
        return self.public().order_by("pk")

    def lastmod(self, item: Any) -> datetime | None:
        return item.last_published_at


SITEMAPS = {
    "pages": PageSitemap,
    "proposals": RecordSitemap(lambda: Proposal.objects.public()),
    "feedback": RecordSitemap(lambda: PublicFeedback.objects.filter(live=True)),
}
