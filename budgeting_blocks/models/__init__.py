"""Facts of participatory budgeting, and the constraints that keep wrong ones out of the database."""

from budgeting_blocks.models.delivery import Delivery, DeliveryUpdate
from budgeting_blocks.models.drafts import ProposalDraft, ProposalPhoto
from budgeting_blocks.models.merging import DistinctPair, MergeObjection, ProposalMerge
from budgeting_blocks.models.paper import PaperBatch, PaperEntry, PaperSheet
from budgeting_blocks.models.proposals import Proposal, ProposalContact, Screening
from budgeting_blocks.models.results import ResultLine, RoundResult
from budgeting_blocks.models.rights import ClassList
from budgeting_blocks.models.rounds import Area, Criterion, Phase, Pot, Round, Theme
from budgeting_blocks.models.rules import IdentificationMeans, RuleSheet, RuleVersion
from budgeting_blocks.models.screening import CriterionFinding, ScreeningImport, ScreeningNote, ScreeningQuestion
from budgeting_blocks.models.voices import CommentReport, ProposalComment, ProposalFollow, ProposalSupport
from budgeting_blocks.models.voting import (
    Ballot,
    BallotBox,
    BallotChoice,
    CodeBatch,
    InterimSeal,
    RoundSeal,
    VoteReceipt,
    VotingRight,
)

__all__ = [
    "Area",
    "Ballot",
    "BallotBox",
    "BallotChoice",
    "ClassList",
    "CodeBatch",
    "CommentReport",
    "Criterion",
    "CriterionFinding",
    "Delivery",
    "DeliveryUpdate",
    "DistinctPair",
    "IdentificationMeans",
    "InterimSeal",
    "MergeObjection",
    "PaperBatch",
    "PaperEntry",
    "PaperSheet",
    "Phase",
    "Pot",
    "Proposal",
    "ProposalComment",
    "ProposalContact",
    "ProposalDraft",
    "ProposalFollow",
    "ProposalMerge",
    "ProposalPhoto",
    "ProposalSupport",
    "ResultLine",
    "Round",
    "RoundResult",
    "RoundSeal",
    "RuleSheet",
    "RuleVersion",
    "Screening",
    "ScreeningImport",
    "ScreeningNote",
    "ScreeningQuestion",
    "Theme",
    "VoteReceipt",
    "VotingRight",
]
