"""Who says yes: to pages, communications; to what residents send, the moderators; to proposals, the coordinator as well. All
wait in the same place."""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowContentType, WorkflowPage, WorkflowTask

from cms.users.roles import Role, group_of

PAGE_WORKFLOW = "Sivujen tarkistus"
RESIDENT_WORKFLOW = "Asukkaiden sisältö"
PROPOSAL_WORKFLOW = "Asukkaiden ehdotukset"
# Records of residents that are published, and their workflow; a room that is not there yet is passed over.
RESIDENT_MODELS = (
    ("budgeting_blocks", "Proposal", PROPOSAL_WORKFLOW),
    ("budgeting_blocks", "ProposalComment", PROPOSAL_WORKFLOW),
    ("feedback_forms", "PublicFeedback", RESIDENT_WORKFLOW),
)


def _workflow(name: str, task_name: str, *roles: Role) -> Workflow:
    """The workflow with one approval by any of the roles, or by an administrator."""
    workflow, _made = Workflow.objects.get_or_create(name=name)
    task, made = GroupApprovalTask.objects.get_or_create(name=task_name)
    if made:
        task.groups.set([group_of(role) for role in (*roles, Role.ADMINISTRATOR)])
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    return workflow


def ensure_moderation() -> None:
    """The workflows, tied to the page tree and to the residents' records, unless staff have tied others to them."""
    pages = _workflow(PAGE_WORKFLOW, "Viestinnän hyväksyntä", Role.COMMUNICATIONS)
    root = Page.objects.get(depth=1)
    _remove_unused_default_workflow()
    WorkflowPage.objects.get_or_create(page=root, defaults={"workflow": pages})
    workflows = {
        RESIDENT_WORKFLOW: _workflow(RESIDENT_WORKFLOW, "Moderaattorin hyväksyntä", Role.MODERATOR),
        PROPOSAL_WORKFLOW: _workflow(
            PROPOSAL_WORKFLOW, "Ehdotuksen hyväksyntä", Role.MODERATOR, Role.BUDGETING_COORDINATOR
        ),
    }
    for app_label, model_name, workflow_name in RESIDENT_MODELS:
        try:
            model = apps.get_model(app_label, model_name)
        except LookupError:
            continue
        content_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
        WorkflowContentType.objects.get_or_create(
            content_type=content_type, defaults={"workflow": workflows[workflow_name]}
        )


def _remove_unused_default_workflow() -> None:
    """Wagtail ties an approval by its own group "Moderators" to every page."""
    default = Workflow.objects.filter(name="Moderators approval", workflow_states=None).first()
    if default is None:
        return
    tasks = list(default.tasks)
    default.delete()
    for task in tasks:
        if not task.task_states.exists():
            task.delete()
