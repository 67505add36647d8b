"""The block that editors drop into pages: feedback form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.common.blocks.groups import PARTICIPATION


class TopicSelect(forms.Select):
    """A plain list: there are few topics, and all fit in it."""

    def get_value_data(self, value: Any) -> Any:
        return getattr(value, "pk", value)


class TopicBlock(blocks.ChooserBlock):
    """One feedback topic. A deleted one becomes None; its pages show among the topic's uses."""

    target_model = "feedback_forms.Topic"

    @cached_property
    def widget(self) -> TopicSelect:
        return TopicSelect()

    class Meta:
        icon = "tag"
        label = _("Aihe")


class FeedbackFormValue(blocks.StructValue):
    @property
    def chosen(self) -> list[Any]:
        """The chosen topics that still exist."""
        return [topic for topic in self.get("topics") or [] if topic is not None]

    @property
    def is_restricted(self) -> bool:
        """Whether the editor chose topics, also when all of them are gone by now."""
        return bool(self.get("topics"))

    @property
    def lost(self) -> list[str]:
        """What the editor should know of the chosen topics: the names of those out of use, "" for a deleted one."""
        return [
            "" if topic is None else topic.name for topic in self.get("topics") or [] if not (topic and topic.is_active)
        ]


class FeedbackFormBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Otsikko"), max_length=120, default=_("Anna palautetta"))
    introduction = blocks.TextBlock(label=_("Johdanto"), required=False, max_length=500)
    topics = blocks.ListBlock(
        TopicBlock(),
        label=_("Vain nämä aiheet"),
        required=False,
        default=[],
        min_num=0,
        help_text=_("Jätä tyhjäksi, niin lomakkeessa ovat kaikki käytössä olevat aiheet."),
    )
    show_published = blocks.BooleanBlock(
        label=_("Näytä julkaistut palautteet"),
        required=False,
        default=True,
        help_text=_("Lomakkeen alla luetellaan samojen aiheiden julkaistut palautteet vastauksineen."),
    )

    class Meta:
        icon = "comment"
        label = _("Palautelomake")
        group = PARTICIPATION
        description = _("Asukas antaa palautetta, saa kuitin ja seurantakoodin. Palaute menee aiheen yksikölle.")
        template = "feedback_forms/blocks/feedback_form.html"
        value_class = FeedbackFormValue
        preview_value = {
            "heading": _("Anna palautetta"),
            "introduction": _("Kerro, mikä toimii ja mikä ei. Vastaamme viidessä arkipäivässä."),
            "topics": [],
            "show_published": True,
        }
