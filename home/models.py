"""Home page and ordinary content pages."""

from django.utils.translation import gettext_lazy as _

from participation_pages.body import BodyPage


class HomePage(BodyPage):
    """The site's front page."""

    max_count_per_parent = 1
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("etusivu")


class ContentPage(BodyPage):
    """An ordinary page."""

    class Meta:
        verbose_name = _("sisältösivu")
