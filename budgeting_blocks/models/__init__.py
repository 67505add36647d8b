"""Facts of participatory budgeting, and the constraints that keep wrong ones out of the database."""

from budgeting_blocks.models.proposals import Proposal, ProposalContact, Screening
from budgeting_blocks.models.rounds import Area, Phase, Round, Theme

__all__ = ["Area", "Phase", "Proposal", "ProposalContact", "Round", "Screening", "Theme"]
