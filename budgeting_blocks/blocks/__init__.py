"""The blocks that editors drop into pages: the whole round, its gallery, its voting widget, its projects and its rules."""

from budgeting_blocks.blocks.deliveries import DeliveriesBlock
from budgeting_blocks.blocks.proposal_gallery import ProposalGalleryBlock
from budgeting_blocks.blocks.round import RoundBlock
from budgeting_blocks.blocks.rules import RulesBlock
from budgeting_blocks.blocks.voting import VotingBlock

__all__ = ["DeliveriesBlock", "ProposalGalleryBlock", "RoundBlock", "RulesBlock", "VotingBlock"]
