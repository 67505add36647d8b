"""Registration with Wagtail."""

from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.log_actions import LogActionRegistry

from feedback_forms.events import register_actions
from feedback_forms.models import Case, CaseLogEntry
from feedback_forms.viewsets import FeedbackGroup


@hooks.register("register_admin_viewset")
def register_feedback() -> ModelViewSetGroup:
    return FeedbackGroup()


@hooks.register("register_log_actions")
def register_log(actions: LogActionRegistry) -> None:
    actions.register_model(Case, CaseLogEntry)
    register_actions(actions)
