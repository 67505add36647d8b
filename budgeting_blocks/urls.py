"""Addresses of participatory budgeting, below /osbu/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
