"""Unsaved records for previews on a site that has no round yet."""

from django.utils import timezone
from django.utils.translation import gettext as _

from budgeting_blocks.choices import DeliveryStage, ScreeningState
from budgeting_blocks.models import Area, Delivery, Proposal, Round, Screening, Theme


def example_proposals(round: Round) -> list[Proposal]:
    """Three proposals in different states."""
    rows = [
        (
            _("Penkkejä rantareitille"),
            _("Levähdyspaikka noin joka kolmassadan metrin päähän."),
            ScreeningState.PROCEEDS,
            4000,
        ),
        (
            _("Yhteinen kasvimaa"),
            _("Laatikkoviljelmä kerrostalojen väliin, hoito vuorotellen."),
            ScreeningState.UNDER_ASSESSMENT,
            None,
        ),
        (
            _("Iltavalot pulkkamäkeen"),
            _("Mäki palvelisi myös talven pimeinä iltoina."),
            ScreeningState.NOT_ASSESSED,
            None,
        ),
    ]
    theme, area = Theme(name=_("Alueiden viihtyisyys"), slug="viihtyisyys"), Area(name=_("Keskusta"), slug="keskusta")
    proposals = []
    for title, summary, state, cost in rows:
        proposal = Proposal(round=round, title=title, summary=summary, theme=theme, area=area, live=True)
        proposal.screening = Screening(proposal=proposal, state=state, cost=cost)
        proposals.append(proposal)
    return proposals


def example_deliveries() -> list[Delivery]:
    """A project that is done and one that is not."""
    round = Round(title=_("Osallistuva budjetointi"), slug="esimerkki", budget=50_000, live=True)
    now = timezone.now()
    proposals = example_proposals(round)
    return [
        Delivery(proposal=proposals[0], stage=DeliveryStage.DONE, percent=100, money=4000, updated_at=now),
        Delivery(proposal=proposals[1], stage=DeliveryStage.IN_PROGRESS, percent=40, money=6500, updated_at=now),
    ]
