"""Unsaved records for previews on a site that has no round yet."""

from django.utils.translation import gettext as _

from budgeting_blocks.choices import ScreeningState
from budgeting_blocks.models import Area, Proposal, Round, Screening, Theme


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
