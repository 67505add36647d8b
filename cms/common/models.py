"""The abstract base of every page. The kernel holds no concrete records."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from cms.common.clock import PreviewClockMixin


class BasePage(PreviewClockMixin, Page):
    """A page with an introduction and a picture for lists of pages."""

    introduction = models.TextField(
        _("johdanto"),
        max_length=500,
        blank=True,
        help_text=_("Yksi tai kaksi virkettä sivun alkuun ja sivuluetteloihin."),
    )
    listing_image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("kuva sivuluetteloihin"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    promote_panels = [*Page.promote_panels, MultiFieldPanel([FieldPanel("listing_image")], heading=_("Sivuluettelot"))]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]

    class Meta:
        abstract = True
