"""The table of a key project's deliverables."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.common.blocks.groups import PARTICIPATION
from cms.common.blocks.links import LinkBlock
from participation_pages.projects.choices import DELIVERABLE_TONES, DeliverableStatus


class DeliverableValue(blocks.StructValue):
    @property
    def status_label(self) -> str:
        """The status in one word."""
        return str(DeliverableStatus(self["status"]).label)

    @property
    def status_tone(self) -> str:
        """The colour of the status badge."""
        return DELIVERABLE_TONES[self["status"]]


class DeliverableBlock(blocks.StructBlock):
    """One row: what is made, when, and how far it is."""

    name = blocks.CharBlock(label=_("Tuotos"), max_length=120)
    schedule = blocks.CharBlock(label=_("Aikataulu"), max_length=40, help_text=_("Esimerkiksi ”2018–2019”."))
    status = blocks.ChoiceBlock(
        label=_("Tila"), choices=DeliverableStatus.choices, default=DeliverableStatus.PLANNED.value
    )
    status_text = blocks.CharBlock(label=_("Tila tarkemmin"), required=False, max_length=300)
    link = LinkBlock(label=_("Lue lisää"), required=False)

    class Meta:
        icon = "list-ol"
        label = _("Tuotos")
        value_class = DeliverableValue


class DeliverablesBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("Taulukon otsikko"), max_length=120, default=_("Hankkeen tuotokset"))
    rows = blocks.ListBlock(DeliverableBlock(), label=_("Tuotokset"), min_num=1, max_num=40)

    class Meta:
        icon = "list-ol"
        label = _("Tuotokset")
        group = PARTICIPATION
        description = _("Kärkihankkeen tuotokset, niiden aikataulu ja tila taulukkona.")
        template = "participation_pages/blocks/deliverables.html"
        preview_value = {
            "caption": "Kärkihankkeen tuotokset",
            "rows": [
                {
                    "name": "Osallisuussuunnitelma",
                    "schedule": "2018–2019",
                    "status": "in_use",
                    "status_text": "Käytössä kesästä 2018, kysely käyttökokemuksista on meneillään.",
                },
                {
                    "name": "Asiakaspalautelaitteet",
                    "schedule": "2018–",
                    "status": "trial",
                    "status_text": "Kokeilu alkoi 2018 ja jatkui vuonna 2020 pienemmällä laitemäärällä.",
                },
                {
                    "name": "Osallistuvan budjetoinnin malli",
                    "schedule": "2019",
                    "status": "done",
                    "status_text": "Kaupunginhallitus hyväksyi marraskuussa 2019.",
                },
                {
                    "name": "Kuntalaisraadin perustaminen",
                    "schedule": "2020",
                    "status": "postponed",
                    "status_text": "Kevään 2020 ensimmäinen istunto peruttiin pandemian takia.",
                },
            ],
        }
