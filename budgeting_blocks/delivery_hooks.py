"""Projects in the admin: log words, and what awaits the coordinator."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from budgeting_blocks.selectors.delivery import silent_deliveries
from cms.common.dashboard import WaitingItem, register_waiting


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("budgeting.deliver", gettext_lazy("Kerro hankkeesta"), gettext_lazy("Hankkeen tilanne"))


def silent_waiting(request: HttpRequest) -> list[WaitingItem]:
    """Projects of which residents have heard nothing for 60 days."""
    if not request.user.has_perm("budgeting_blocks.change_delivery"):
        return []
    url = reverse("budgeting_delivery:index") + "?silent=yes"
    return [
        WaitingItem(_("Hankkeita, joista ei ole kerrottu 60 päivään"), silent_deliveries(timezone.now()).count(), url)
    ]


register_waiting(silent_waiting)
