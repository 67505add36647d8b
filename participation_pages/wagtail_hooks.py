"""Registers this room's records in the admin."""

from wagtail.snippets.models import register_snippet

import participation_pages.panels.admin_hooks  # noqa: F401  (registers the panels' hooks)
from participation_pages.forums.viewsets import ForumThemeViewSet

register_snippet(ForumThemeViewSet)
