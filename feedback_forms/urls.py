"""Addresses of customer feedback, below /palaute/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
