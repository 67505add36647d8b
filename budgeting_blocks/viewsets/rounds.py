"""Rounds, and the lists that proposals are sorted by."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TitleFieldPanel
from wagtail.admin.ui.tables import DateColumn, LiveStatusTagColumn
from wagtail.admin.widgets import SlugInput
from wagtail.snippets.views.snippets import SnippetViewSet

from budgeting_blocks.forms.rounds import RoundForm
from budgeting_blocks.models import Area, Round, Theme
from budgeting_blocks.viewsets.panels import RoundNextPanel
from budgeting_blocks.viewsets.roundchooser import RoundChooserViewSet
from cms.common.datehints import MOMENT


class RoundViewSet(SnippetViewSet):
    model = Round
    icon = "calendar-alt"
    menu_label = _("Kierrokset")
    list_display = ["title", "budget", LiveStatusTagColumn(), DateColumn("last_published_at", label=_("Julkaistu"))]
    list_filter = ["live"]
    chooser_viewset_class = RoundChooserViewSet
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            RoundNextPanel(heading=_("Seuraavaksi")),
            # As an ordinary field: Wagtail's own look of a title has no name beside it.
            TitleFieldPanel("title", targets=["slug"], placeholder=False, classname=""),
            FieldPanel("slug", widget=SlugInput),
            FieldPanel("introduction"),
            FieldPanel("budget"),
            InlinePanel(
                "phases",
                [
                    FieldPanel("kind"),
                    FieldRowPanel(
                        [FieldPanel("opens_at", help_text=MOMENT), FieldPanel("closes_at", help_text=MOMENT)]
                    ),
                ],
                heading=_("Vaiheet"),
                label=_("Vaihe"),
                help_text=_(
                    "Vaihe on auki alkamishetkestä päättymishetkeen. Kun säännöt on vahvistettu ja äänestys alkanut, "
                    "äänestyksen alku ei enää muutu."
                ),
                max_num=3,
            ),
            FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
            InlinePanel(
                "pots",
                [
                    TitleFieldPanel("name", targets=["slug"], placeholder=False),
                    FieldPanel("slug", widget=SlugInput),
                    FieldPanel("kind"),
                    FieldPanel("budget"),
                    FieldPanel("area"),
                ],
                heading=_("Osuudet"),
                label=_("Osuus"),
                help_text=_("Jos rahaa ei jaeta osuuksiin, jätä tyhjäksi. Osuuksien summan on oltava kierroksen raha."),
            ),
            InlinePanel(
                "criteria",
                [FieldPanel("name"), FieldPanel("help_text"), FieldPanel("for_author")],
                heading=_("Kriteerit"),
                label=_("Kriteeri"),
            ),
        ],
        base_form_class=RoundForm,
    )


class ThemeViewSet(SnippetViewSet):
    model = Theme
    icon = "tag"
    menu_label = _("Teemat")
    list_display = ["name", "sort_order"]
    copy_view_enabled = False
    panels = [
        TitleFieldPanel("name", targets=["slug"], placeholder=False, classname=""),
        FieldPanel("slug", widget=SlugInput),
        FieldPanel("sort_order"),
    ]


class AreaViewSet(SnippetViewSet):
    model = Area
    icon = "site"
    menu_label = _("Alueet")
    list_display = ["name", "sort_order"]
    copy_view_enabled = False
    panels = [
        TitleFieldPanel("name", targets=["slug"], placeholder=False, classname=""),
        FieldPanel("slug", widget=SlugInput),
        FieldPanel("sort_order"),
        MultiFieldPanel(
            [FieldPanel("latitude"), FieldPanel("longitude")],
            heading=_("Keskipiste kartalla"),
            help_text=_("Astetta, esimerkiksi 60,6310 ja 24,8600. Siitä lasketaan, mitkä ehdotukset ovat lähimpänä."),
        ),
    ]
