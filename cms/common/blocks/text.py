"""Running text and what stands out from it."""

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.common.blocks.groups import CONTENT

RICH_TEXT_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class HeadingValue(blocks.StructValue):
    @property
    def anchor(self) -> str:
        """The fragment that a link to this heading uses."""
        return slugify(self["text"])[:60] or "otsikko"


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Otsikko"), max_length=120)
    level = blocks.ChoiceBlock(
        label=_("Taso"), choices=[("h2", _("Väliotsikko")), ("h3", _("Alaotsikko"))], default="h2"
    )

    class Meta:
        icon = "title"
        label = _("Otsikko")
        group = CONTENT
        description = _("Jakaa sivun osiin. Otsikot ovat myös ruudunlukijan reitti sivulla.")
        template = "common/blocks/heading.html"
        value_class = HeadingValue
        preview_value = {"text": _("Näin voit vaikuttaa"), "level": "h2"}


class TextBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("features", RICH_TEXT_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Teksti")
        group = CONTENT
        description = _("Leipätekstiä, luetteloita ja linkkejä.")
        template = "common/blocks/rich_text.html"
        preview_value = (
            "<p>Jokainen hyvinkääläinen voi ehdottaa, äänestää ja antaa palautetta. Vastaus tulee viidessä päivässä.</p>"
            "<ul><li>Ehdota ideaa</li><li>Äänestä suosikkiasi</li></ul>"
        )


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Lainaus"), max_length=500)
    source = blocks.CharBlock(
        label=_("Kuka sanoi"), required=False, max_length=120, help_text=_("Rooli, esimerkiksi ”raadin jäsen”.")
    )

    class Meta:
        icon = "openquote"
        label = _("Lainaus")
        group = CONTENT
        description = _("Nostaa yhden ajatuksen esiin.")
        template = "common/blocks/quote.html"
        preview_value = {"text": _("Puistosta tuli yhteinen olohuone."), "source": _("Raadin jäsen")}


class NoticeBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("Laji"),
        choices=[
            ("info", _("Tiedoksi")),
            ("success", _("Onnistui")),
            ("warning", _("Huomio")),
            ("danger", _("Tärkeä")),
        ],
        default="info",
    )
    title = blocks.CharBlock(label=_("Otsikko"), max_length=120)
    text = blocks.RichTextBlock(label=_("Teksti"), features=["bold", "italic", "link"], required=False)

    class Meta:
        icon = "info-circle"
        label = _("Ilmoitus")
        group = CONTENT
        description = _("Korostettu tiedote, jota ei saa jäädä huomaamatta.")
        template = "common/blocks/notice.html"
        preview_value = {
            "kind": "info",
            "title": _("Äänestys alkaa maanantaina"),
            "text": "<p>Äänestää voi kaksi viikkoa.</p>",
        }
