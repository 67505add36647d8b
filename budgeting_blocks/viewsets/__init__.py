"""Participatory budgeting in Wagtail's admin."""

from budgeting_blocks.viewsets.group import BudgetingGroup

__all__ = ["BudgetingGroup"]
