"""Panels in the admin."""

from participation_pages.panels.viewsets.applications import PanelApplicationAdmin
from participation_pages.panels.viewsets.panels import PanelGroup

__all__ = ["PanelApplicationAdmin", "PanelGroup"]
