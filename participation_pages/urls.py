"""Addresses of forums and panels, below /osallistu/."""

from django.urls import path

from participation_pages.forums.views import event_ics

urlpatterns = [
    path("tapahtumat/<int:pk>.ics", event_ics, name="event_ics"),
]
