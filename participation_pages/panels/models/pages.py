"""The page of one citizens' panel."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from participation_pages.body import BodyPage
from participation_pages.panels.models.panels import Panel


class PanelPage(BodyPage):
    """Shows a panel's facts and sessions with their states above the body. The call itself is a block in the body."""

    # Blank, so that a draft or a scheduled revision still saves after its panel was deleted.
    panel = models.ForeignKey(
        Panel,
        verbose_name=_("raati"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="pages",
        help_text=_("Paikat, ajat ja istunnot tulevat raadin tiedoista. Hakulomake on sivun lohko ”Raadin haku”."),
    )

    template = "participation_pages/panels/panel_page.html"
    subpage_types: list[str] = []
    content_panels = [*BodyPage.content_panels[:-1], FieldPanel("panel"), FieldPanel("body")]

    class Meta:
        verbose_name = _("raadin sivu")
        verbose_name_plural = _("raatien sivut")
