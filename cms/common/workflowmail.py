"""Mail about workflows: Wagtail sends it within the act itself; here it waits for the commit and may fail alone.

Otherwise a mail server that is away undoes a resident's proposal, and a slow one holds the database meanwhile. Connected
under Wagtail's own ids before Wagtail is ready, so that its own receivers find their places taken.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.dispatch import Signal
from wagtail.admin import mail
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted


def _after_commit(notify: Callable[..., Any]) -> Callable[..., None]:
    def receive(**kwargs: Any) -> None:
        transaction.on_commit(lambda: notify(**kwargs), robust=True)

    return receive


def _take_over(signal: Signal, sender: type, notify: Callable[..., Any], uid: str) -> None:
    uid = f"{uid}_email_notification"
    signal.disconnect(sender=sender, dispatch_uid=uid)
    signal.connect(_after_commit(notify), sender=sender, dispatch_uid=uid, weak=False)


_take_over(
    task_submitted, TaskState, mail.GroupApprovalTaskStateSubmissionEmailNotifier(), "group_approval_task_submitted"
)
_take_over(workflow_submitted, WorkflowState, mail.WorkflowStateSubmissionEmailNotifier(), "workflow_state_submitted")
_take_over(workflow_rejected, WorkflowState, mail.WorkflowStateRejectionEmailNotifier(), "workflow_state_rejected")
_take_over(workflow_approved, WorkflowState, mail.WorkflowStateApprovalEmailNotifier(), "workflow_state_approved")
