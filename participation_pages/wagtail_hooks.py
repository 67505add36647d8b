"""Registers this room's records in the admin."""

from wagtail.snippets.models import register_snippet

from participation_pages.forums.viewsets import ForumThemeViewSet

register_snippet(ForumThemeViewSet)
