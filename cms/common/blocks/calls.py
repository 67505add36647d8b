"""Ways onward: whom to ask, what to download, what to do next."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock

from cms.common.blocks.groups import CONTENT
from cms.common.blocks.links import LinkBlock


class ContactBlock(blocks.StructBlock):
    """A role, never a person's name: people change, and the page stays."""

    role = blocks.CharBlock(label=_("Rooli"), max_length=120, help_text=_("Esimerkiksi ”osallisuuskoordinaattori”."))
    unit = blocks.CharBlock(label=_("Yksikkö"), required=False, max_length=120)
    phone = blocks.CharBlock(label=_("Puhelin"), required=False, max_length=40)
    email = blocks.EmailBlock(label=_("Sähköposti"), required=False)
    hours = blocks.CharBlock(label=_("Palveluaika"), required=False, max_length=120)

    class Meta:
        icon = "mail"
        label = _("Yhteystieto")
        group = CONTENT
        description = _("Keneen ottaa yhteyttä, roolin mukaan.")
        template = "common/blocks/contact.html"
        preview_value = {
            "role": _("Osallisuuskoordinaattori"),
            "unit": _("Kehittämispalvelut"),
            "phone": "019 000 0000",
            "email": "osallisuus@example.com",
            "hours": _("ma–pe klo 9–15"),
        }


class DownloadsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Otsikko"), required=False, max_length=120)
    documents = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("document", DocumentChooserBlock(label=_("Tiedosto"))),
                ("title", blocks.CharBlock(label=_("Nimi sivulla"), required=False, max_length=160)),
            ]
        ),
        label=_("Tiedostot"),
        min_num=1,
    )

    def get_preview_value(self) -> Any:
        document = get_document_model().objects.first()
        documents = [{"document": document, "title": ""}] if document else []
        return self.normalize({"heading": _("Lataa"), "documents": documents})

    class Meta:
        icon = "download"
        label = _("Ladattavat tiedostot")
        group = CONTENT
        description = _("Tiedostoja, joiden tyyppi ja koko näkyvät ennen lataamista.")
        template = "common/blocks/downloads.html"


class CallToActionBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Otsikko"), max_length=120)
    text = blocks.TextBlock(label=_("Teksti"), required=False, max_length=300)
    link = LinkBlock(label=_("Linkki"))
    link_text = blocks.CharBlock(label=_("Painikkeen teksti"), max_length=60)

    class Meta:
        icon = "pick"
        label = _("Kehotus")
        group = CONTENT
        description = _("Yksi selvä seuraava askel ja sen painike.")
        template = "common/blocks/call_to_action.html"
        preview_value = {
            "heading": _("Onko sinulla idea?"),
            "text": _("Ehdotuksen tekee viidessä minuutissa."),
            "link": {"url": "https://example.com/"},
            "link_text": _("Tee ehdotus"),
        }
