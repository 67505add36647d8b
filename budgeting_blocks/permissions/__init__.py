"""Who may do what, and why not: each function answers with a `Decision` whose reason the person may read."""

from budgeting_blocks.permissions.proposals import (
    can_delete_record,
    can_edit_own_proposal,
    can_enter_proposal,
    can_moderate_proposals,
    can_submit_proposal,
    can_withdraw_from_view,
)
from budgeting_blocks.permissions.rounds import can_change_money, can_change_voting_time
from budgeting_blocks.permissions.screening import can_screen_proposal
from budgeting_blocks.permissions.voices import (
    can_comment_on_proposal,
    can_follow_proposal,
    can_moderate_comments,
    can_support_proposal,
)

__all__ = [
    "can_change_money",
    "can_change_voting_time",
    "can_comment_on_proposal",
    "can_delete_record",
    "can_edit_own_proposal",
    "can_enter_proposal",
    "can_follow_proposal",
    "can_moderate_comments",
    "can_moderate_proposals",
    "can_screen_proposal",
    "can_submit_proposal",
    "can_support_proposal",
    "can_withdraw_from_view",
]
