"""Mail to those who want to hear of a proposal."""

from __future__ import annotations

from typing import Any

from budgeting_blocks.models import Proposal, ProposalContact
from budgeting_blocks.services.letters import send_letter


def tell_followers(proposal: Proposal, letter: str, **context: Any) -> None:
    """Send a letter to the author of a public proposal, in the author's language, when the transaction is done."""
    if not proposal.live:
        return
    for contact in ProposalContact.objects.filter(proposal=proposal):
        send_letter(contact, letter, proposal=proposal, **context)
