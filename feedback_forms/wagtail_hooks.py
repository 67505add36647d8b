"""Registration with Wagtail."""

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from feedback_forms.events import register_actions
from feedback_forms.models import Case, CaseLogEntry
from feedback_forms.viewsets import FeedbackGroup

# Registered at import, so that the extra permissions of published records exist right after the first migration.
register_snippet(FeedbackGroup)


@hooks.register("register_log_actions")
def register_log(actions: LogActionRegistry) -> None:
    actions.register_model(Case, CaseLogEntry)
    register_actions(actions)
