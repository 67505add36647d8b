"""Front page and ordinary pages."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from cms.common.blocks import LinkBlock
from cms.common.fields import LeanStreamField
from cms.common.models import BasePage
from participation_pages.body import BodyPage


class HeroLinkBlock(blocks.StructBlock):
    """One button below the front page's opening words."""

    text = blocks.CharBlock(label=_("Painikkeen teksti"), max_length=40)
    link = LinkBlock(label=_("Linkki"))

    class Meta:
        icon = "link"
        label = _("Painike")


class HeroLinksBlock(blocks.StreamBlock):
    """The buttons; the first one is the strongest."""

    button = HeroLinkBlock()

    class Meta:
        max_num = 3


class HeroLinksField(LeanStreamField):
    block_class = HeroLinksBlock


class HomePage(BodyPage):
    """The front page of one language: opening words, then the body."""

    eyebrow = models.CharField(_("esirivi"), max_length=60, blank=True, help_text=_("Pieni rivi pääotsikon yllä."))
    heading = models.CharField(
        _("pääotsikko"),
        max_length=100,
        blank=True,
        help_text=_("Sivun suurin otsikko. Jos jätät tyhjäksi, käytetään sivun nimeä."),
    )
    hero_links = HeroLinksField(blank=True, verbose_name=_("painikkeet"))
    hero_image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("kuva"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Ilman kuvaa sivulla on sivuston oma järvimaisema."),
    )

    template = "home/home_page.html"
    max_count_per_parent = 1
    parent_page_types = ["wagtailcore.Page"]
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("eyebrow"),
                FieldPanel("heading"),
                FieldPanel("introduction"),
                FieldPanel("hero_links"),
                FieldPanel("hero_image"),
            ],
            heading=_("Sivun alku"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [*BodyPage.search_fields, index.SearchField("heading")]

    class Meta:
        verbose_name = _("etusivu")
        verbose_name_plural = _("etusivut")


class ContentPage(BodyPage):
    """An ordinary page, also for the statutory ones (accessibility statement, privacy notice)."""

    template = "home/content_page.html"
    parent_page_types = ["home.HomePage", "home.ContentPage"]
    promote_panels = BasePage.promote_panels

    class Meta:
        verbose_name = _("sisältösivu")
        verbose_name_plural = _("sisältösivut")
