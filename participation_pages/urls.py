"""Addresses of forums and panels, below /osallistu/."""

from django.urls import re_path

from participation_pages.forums.views import event_ics
from participation_pages.panels.urls import urlpatterns as panel_urls

urlpatterns = [
    re_path(r"^tapahtumat/(?P<pk>[0-9]{1,18})\.ics$", event_ics, name="event_ics"),
    *panel_urls,
]
