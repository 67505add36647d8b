"""The blocks that editors drop into pages: the whole round, its proposal gallery and its voting widget."""

from budgeting_blocks.blocks.proposal_gallery import ProposalGalleryBlock
from budgeting_blocks.blocks.round import RoundBlock
from budgeting_blocks.blocks.voting import VotingBlock

__all__ = ["ProposalGalleryBlock", "RoundBlock", "VotingBlock"]
