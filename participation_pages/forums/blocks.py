"""The block of a forum's latest announcements and coming events."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.common.blocks.groups import PARTICIPATION

ALL_FORUMS = "all"
ONE_FORUM = "one"


class ForumAnnouncementsValue(blocks.StructValue):
    @property
    def shows_all(self) -> bool:
        """Whether every forum's news is wanted. A chosen forum that has been deleted since does not mean all of them."""
        return self.get("scope") != ONE_FORUM and self.get("forum") is None


class ForumAnnouncementsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Otsikko"), required=False, max_length=120)
    scope = blocks.ChoiceBlock(
        label=_("Mitä näytetään"),
        choices=[(ALL_FORUMS, _("Kaikki foorumit")), (ONE_FORUM, _("Yksi foorumi"))],
        default=ALL_FORUMS,
    )
    forum = blocks.PageChooserBlock(
        label=_("Foorumi"),
        page_type="participation_pages.ForumPage",
        required=False,
        help_text=_("Kun näytetään yksi."),
    )
    theme = SnippetChooserBlock(
        "participation_pages.ForumTheme", label=_("Teema"), required=False, help_text=_("Tyhjä näyttää kaikki teemat.")
    )
    announcements = blocks.IntegerBlock(label=_("Tiedotteita"), default=3, min_value=0, max_value=12)
    events = blocks.IntegerBlock(label=_("Tulevia tapahtumia"), default=3, min_value=0, max_value=12)
    past_events = blocks.IntegerBlock(label=_("Menneitä tapahtumia"), default=2, min_value=0, max_value=12)

    def clean(self, value: dict[str, Any]) -> dict[str, Any]:
        cleaned = super().clean(value)
        if cleaned.get("forum"):
            cleaned["scope"] = ONE_FORUM
        elif cleaned.get("scope") == ONE_FORUM:
            message = gettext("Valitse foorumi. Aiemmin valittu on voitu poistaa.")
            raise StructBlockValidationError({"forum": ValidationError(message)})
        if not any(cleaned.get(name) for name in ("announcements", "events", "past_events")):
            message = gettext("Näytä ainakin yksi tiedote tai tapahtuma.")
            raise StructBlockValidationError({"announcements": ValidationError(message)})
        return cleaned

    def get_preview_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """The picture in the block menu shows examples, so that it looks the same in an empty installation."""
        return {**super().get_preview_context(value, parent_context), "show_examples": True}

    class Meta:
        icon = "group"
        label = _("Foorumin tiedotteet")
        group = PARTICIPATION
        description = _(
            "Yhden tai kaikkien foorumien uusimmat tiedotteet ja tulevat tapahtumat, myös siirretyt ja perutut."
        )
        template = "participation_pages/blocks/forum_announcements.html"
        value_class = ForumAnnouncementsValue
        preview_value = {
            "heading": "Ympäristöfoorumissa tapahtuu",
            "scope": ALL_FORUMS,
            "announcements": 2,
            "events": 3,
            "past_events": 1,
        }
