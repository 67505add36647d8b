"""Addresses of forums and panels, below /osallistu/."""

from django.urls import path

from participation_pages.forums.views import event_ics
from participation_pages.panels.urls import urlpatterns as panel_urls

urlpatterns = [
    path("tapahtumat/<int:pk>.ics", event_ics, name="event_ics"),
    *panel_urls,
]
