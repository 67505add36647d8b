"""The blocks that editors drop into pages: proposal gallery, voting widget and projects."""

from budgeting_blocks.blocks.deliveries import DeliveriesBlock
from budgeting_blocks.blocks.proposal_gallery import ProposalGalleryBlock
from budgeting_blocks.blocks.voting import VotingBlock

__all__ = ["DeliveriesBlock", "ProposalGalleryBlock", "VotingBlock"]
