"""Records of forums that staff edit outside pages."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, TitleFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from participation_pages.forums.models import ForumTheme


class ForumThemeViewSet(SnippetViewSet):
    """Themes of announcements and events."""

    model = ForumTheme
    icon = "tag"
    menu_label = _("Foorumien teemat")
    list_display = ["name", "slug", "sort_order"]
    search_fields = ["name", "name_en", "name_sv"]
    ordering = ["sort_order", "name"]
    panels = [
        TitleFieldPanel("name", targets=["slug"]),
        FieldRowPanel([FieldPanel("name_en"), FieldPanel("name_sv")]),
        FieldPanel("slug"),
        FieldPanel("sort_order"),
    ]
