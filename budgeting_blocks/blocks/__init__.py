"""The blocks that editors drop into pages: proposal gallery and voting widget."""

from budgeting_blocks.blocks.proposal_gallery import ProposalGalleryBlock
from budgeting_blocks.blocks.voting import VotingBlock

__all__ = ["ProposalGalleryBlock", "VotingBlock"]
