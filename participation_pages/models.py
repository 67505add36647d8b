"""The page types and the records of this room, each defined in its feature's folder."""

from participation_pages.budgeting.models import BudgetingPage
from participation_pages.forums.models import AnnouncementPage, EventPage, ForumPage, ForumTheme
from participation_pages.panels.models import (
    ApplicationContact,
    Panel,
    PanelApplication,
    PanelChange,
    PanelFeature,
    PanelFeatureValue,
    PanelPage,
    PanelSession,
)
from participation_pages.plans.models import ParticipationPlanPage
from participation_pages.projects.models import KeyProjectPage

__all__ = [
    "AnnouncementPage",
    "ApplicationContact",
    "BudgetingPage",
    "EventPage",
    "ForumPage",
    "ForumTheme",
    "KeyProjectPage",
    "Panel",
    "PanelApplication",
    "PanelChange",
    "PanelFeature",
    "PanelFeatureValue",
    "PanelPage",
    "PanelSession",
    "ParticipationPlanPage",
]
