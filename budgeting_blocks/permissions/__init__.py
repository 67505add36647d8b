"""Who may do what, and why not: each function answers with a `Decision` whose reason the person may read."""

from budgeting_blocks.permissions.proposals import can_submit_proposal

__all__ = ["can_submit_proposal"]
