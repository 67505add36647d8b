"""Addresses of forums and panels, below /osallistu/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
