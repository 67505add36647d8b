"""Registers this room's parts with Wagtail's admin."""
