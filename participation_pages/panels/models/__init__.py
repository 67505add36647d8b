"""Facts of citizens' panels, and the constraints that keep wrong ones out of the database."""

from participation_pages.panels.models.applications import ApplicationContact, PanelApplication
from participation_pages.panels.models.pages import PanelPage
from participation_pages.panels.models.panels import Panel, PanelFeature, PanelFeatureValue
from participation_pages.panels.models.schedule import PanelChange, PanelSession

__all__ = [
    "ApplicationContact",
    "Panel",
    "PanelApplication",
    "PanelChange",
    "PanelFeature",
    "PanelFeatureValue",
    "PanelPage",
    "PanelSession",
]
