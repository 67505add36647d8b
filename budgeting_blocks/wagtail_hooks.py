"""Registers this room's parts with Wagtail's admin."""

from budgeting_blocks import (
    admin_hooks,  # noqa: F401  (proposals and rounds)
    delivery_hooks,  # noqa: F401  (projects)
    entering_hooks,  # noqa: F401  (proposals entered on behalf)
    paper_hooks,  # noqa: F401  (the paper desk)
    rights_hooks,  # noqa: F401  (who may vote)
    rules_hooks,  # noqa: F401  (rule sheets, freezing, rehearsals)
    screening_hooks,  # noqa: F401  (assessments and merges)
    voting_hooks,  # noqa: F401  (voting, its registers and results)
)
