"""What the tests of supports, follows and comments share."""

import re
from collections.abc import Callable

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.cache import caches
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

from budgeting_blocks.models import Proposal, ProposalComment
from budgeting_blocks.services.comments import comment_token, confirm_comment, submit_comment
from cms.users.roles import Role, group_of


@pytest.fixture(autouse=True)
def no_earlier_attempts(db):
    caches["shared"].clear()


@pytest.fixture
def proposal(proposing_round, make_proposal) -> Proposal:
    return make_proposal(proposing_round, "Laituri Kytäjärvelle")


@pytest.fixture
def workflow(db) -> Workflow:
    task = GroupApprovalTask.objects.create(name="Tarkistus")
    task.groups.add(group_of(Role.MODERATOR))
    workflow = Workflow.objects.create(name="Asukkaiden sisältö")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    content_type = ContentType.objects.get_for_model(ProposalComment, for_concrete_model=False)
    WorkflowContentType.objects.create(workflow=workflow, content_type=content_type)
    return workflow


@pytest.fixture
def send(browser, form_token, django_capture_on_commit_callbacks) -> Callable[..., object]:
    """`send("/osbu/…/kannata/", email="a@example.com")` as the form does, mail included."""

    def post(path: str, **fields: str) -> object:
        data = {"form_token": form_token, "origin": "", "website": ""} | fields
        with django_capture_on_commit_callbacks(execute=True):
            return browser.post(path, data)

    return post


@pytest.fixture
def link() -> Callable[..., str]:
    """The path of the link in a mail, the last one by default; `marker` tells which of several."""

    def path(marker: str = "/osbu/", letter: int = -1) -> str:
        return next(
            found for found in re.findall(r"https?://[^/\s]+(/\S+)", mail.outbox[letter].body) if marker in found
        )

    return path


@pytest.fixture
def make_comment(django_capture_on_commit_callbacks) -> Callable[..., ProposalComment]:
    """A confirmed comment, published unless `live=False`."""

    def make(proposal: Proposal, text: str = "Hyvä ajatus", *, live: bool = True, **kwargs: str) -> ProposalComment:
        fields = {"name": "Aino", "email": "aino@example.com", "submission_key": f"avain-{text}"} | kwargs
        submit_comment(proposal=proposal, text=text, **fields)
        comment = ProposalComment.objects.latest("pk")
        confirm_comment(token=comment_token(comment))
        comment.refresh_from_db()
        if live:
            comment.latest_revision.publish()
            comment.refresh_from_db()
        caches["shared"].clear()
        return comment

    return make
