"""The page of a key project (kärkihanke)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from participation_pages.body import BodyPage
from participation_pages.fields import LinesField
from participation_pages.projects.choices import PROJECT_TONES, ProjectStatus


class KeyProjectPage(BodyPage):
    """What a key project is for and who is in it, by role. Its deliverables are a block of the body."""

    aim = models.TextField(_("tavoite"), max_length=1000)
    status = models.CharField(_("tila"), max_length=20, choices=ProjectStatus, default=ProjectStatus.UNDER_WAY)
    owner_role = models.CharField(_("omistaja"), max_length=120, blank=True, help_text=_("Rooli, ei henkilön nimeä."))
    chair_role = models.CharField(
        _("projektiryhmän puheenjohtaja"), max_length=120, blank=True, help_text=_("Rooli, ei henkilön nimeä.")
    )
    goals = LinesField(blank=True, verbose_name=_("hyötytavoitteet"))
    group_roles = LinesField(blank=True, verbose_name=_("projektiryhmä"), help_text=_("Roolit, ei henkilöiden nimiä."))
    stakeholders = LinesField(blank=True, verbose_name=_("sidosryhmät"))

    content_panels = [
        *BodyPage.content_panels[:-1],
        MultiFieldPanel(
            [
                FieldPanel("aim"),
                FieldPanel("status"),
                FieldRowPanel([FieldPanel("owner_role"), FieldPanel("chair_role")]),
            ],
            heading=_("Hankkeen tiedot"),
        ),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("goals"), FieldPanel("group_roles"), FieldPanel("stakeholders")],
            heading=_("Tavoitteet ja ihmiset"),
        ),
    ]
    search_fields = [*BodyPage.search_fields, index.SearchField("aim"), index.SearchField("goals")]

    class Meta:
        verbose_name = _("kärkihanke")
        verbose_name_plural = _("kärkihankkeet")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=ProjectStatus.values), name="project_status_is_known"),
        ]

    @property
    def status_tone(self) -> str:
        """The colour of the status badge."""
        return PROJECT_TONES[self.status]
