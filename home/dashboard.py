"""The admin's front page: what awaits the signed-in member of staff, from every room, in one panel."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from laces.components import Component
from wagtail.models import Page, TaskState

from cms.common.dashboard import WaitingItem, waiting_for


def pages_awaiting_review(request: HttpRequest) -> list[WaitingItem]:
    """Pages that this user may approve; residents' content is counted by its own room."""
    page_type = ContentType.objects.get_for_model(Page)
    count = (
        TaskState.objects.reviewable_by(request.user)
        .filter(workflow_state__base_content_type=page_type, status=TaskState.STATUS_IN_PROGRESS)
        .count()
    )
    if not count:
        return []
    url = f"{reverse('wagtailadmin_reports:workflow_tasks')}?reviewable=true"
    return [WaitingItem(_("Tarkistettavia sivuja"), count, url)]


class WaitingPanel(Component):
    """All that waits, each line a link to the list filtered to it; says so when nothing does."""

    name = "waiting"
    template_name = "home/admin/waiting_panel.html"
    order = 50

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        items = [item for item in waiting_for(parent_context["request"]) if item.count]
        return {"items": items}
