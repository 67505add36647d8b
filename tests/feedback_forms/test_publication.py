"""Feedback becomes public with two keys: the sender's consent and a moderator's yes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

from cms.users.models import User
from cms.users.roles import Role
from feedback_forms.models import Case, PublicFeedback
from feedback_forms.services import FeedbackError, StaleCaseError, propose_publication, start_handling
from home.models import HomePage
from tests.feedback_forms.conftest import signed_in

TEXTS = {"title": "Puiston avaaminen", "question": "Milloin puisto avataan?", "answer": "Keväällä."}


@pytest.fixture
def moderation(moderator: User) -> Workflow:
    """The moderators' workflow, as `home.setup` gives it to public copies."""
    task = GroupApprovalTask.objects.create(name="Moderointi")
    task.groups.add(Group.objects.get(name=Role.MODERATOR.value))
    workflow = Workflow.objects.create(name="Moderointi")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowContentType.objects.create(
        workflow=workflow, content_type=ContentType.objects.get_for_model(PublicFeedback)
    )
    return workflow


def propose(user: User, case: Case, **changes: Any) -> PublicFeedback:
    version = Case.objects.get(pk=case.pk).version
    return propose_publication(**{"user": user, "case": case, "expected_version": version, **TEXTS, **changes})


def workflow_action(client: Client, copy: PublicFeedback, name: str, **data: Any) -> Any:
    state = copy.current_workflow_task_state
    assert state is not None
    return client.post(reverse("feedback_public:workflow_action", args=[copy.pk, name, state.pk]), data)


def test_a_proposed_copy_waits_with_the_moderators_and_is_public_after_their_yes(
    feedback_page: HomePage,
    answered_case: Case,
    park_handler: User,
    moderator: User,
    moderation: Workflow,
    client: Client,
) -> None:
    url = reverse("feedback_cases:act", args=[answered_case.pk, "propose"])
    response = signed_in(park_handler).post(url, {"version": answered_case.version, "revision": "", **TEXTS})
    assert response.status_code == 302
    copy = PublicFeedback.objects.get()
    assert not copy.live
    public = reverse("feedback:published", args=[copy.pk])
    assert client.get(public).status_code == 404
    assert "Puiston avaaminen" not in client.get("/").content.decode()
    staff = signed_in(moderator)
    assert "Puiston avaaminen" in staff.get("/admin/").content.decode()
    assert staff.get(reverse("feedback_public:edit", args=[copy.pk])).status_code == 200
    workflow_action(staff, copy, "approve")
    copy.refresh_from_db()
    assert copy.live
    assert "Milloin puisto avataan?" in client.get(public).content.decode()
    assert "Puiston avaaminen" in client.get("/").content.decode()


def test_a_copy_sent_back_is_edited_on_the_case_page_and_goes_on(
    answered_case: Case, park_handler: User, moderator: User, moderation: Workflow
) -> None:
    copy = propose(park_handler, answered_case)
    with pytest.raises(FeedbackError, match="odottaa jo"):
        propose(park_handler, answered_case, expected_revision=copy.latest_revision_id)
    workflow_action(signed_in(moderator), copy, "reject", comment="Poista puhelinnumero")
    html = signed_in(park_handler).get(reverse("feedback_cases:inspect", args=[answered_case.pk])).content.decode()
    assert "Poista puhelinnumero" in html
    copy.refresh_from_db()
    propose(park_handler, answered_case, title="Parempi", expected_revision=copy.latest_revision_id)
    copy.refresh_from_db()
    assert copy.workflow_in_progress
    workflow_action(signed_in(moderator), copy, "approve")
    assert PublicFeedback.objects.get().title == "Parempi"


def test_without_consent_or_an_answer_nothing_is_proposed(make_case: Callable[..., Case], park_handler: User) -> None:
    unanswered = make_case(consent_to_publish=True)
    with pytest.raises(FeedbackError, match="vastattava"):
        propose(park_handler, unanswered)
    refused = make_case(consent_to_publish=False)
    start_handling(user=park_handler, case=refused, expected_version=1)
    with pytest.raises(FeedbackError, match="lupaa"):
        propose(park_handler, refused)
    assert PublicFeedback.objects.count() == 0


def test_a_copy_without_consent_is_refused_also_when_a_moderator_saves_it(
    answered_case: Case, park_handler: User
) -> None:
    copy = propose(park_handler, answered_case)
    Case.objects.filter(pk=answered_case.pk).update(consent_to_publish=False)
    with pytest.raises(ValidationError):
        PublicFeedback.objects.get(pk=copy.pk).full_clean()


def test_another_units_handler_cannot_propose(answered_case: Case, street_handler: User) -> None:
    with pytest.raises(FeedbackError):
        propose(street_handler, answered_case)


def test_what_was_sent_stays_when_the_copy_is_edited(answered_case: Case, park_handler: User) -> None:
    propose(park_handler, answered_case, question="Aivan muuta")
    answered_case.refresh_from_db()
    assert answered_case.text == "Milloin puisto avataan?"
    assert answered_case.messages.get().text == "Puisto avataan keväällä."


def test_a_moderators_edit_is_not_overwritten_by_a_handler_who_did_not_see_it(
    answered_case: Case, park_handler: User
) -> None:
    copy = propose(park_handler, answered_case)
    seen = copy.latest_revision_id
    copy.title = "Moderaattorin otsikko"
    copy.save_revision()
    with pytest.raises(StaleCaseError):
        propose(park_handler, answered_case, expected_revision=seen)


def test_handlers_do_not_reach_the_publishing_view_and_nobody_adds_or_deletes_copies(
    answered_case: Case, park_handler: User, moderator: User
) -> None:
    copy = propose(park_handler, answered_case)
    assert signed_in(park_handler).get(reverse("feedback_public:edit", args=[copy.pk])).status_code == 302
    superuser = User.objects.create_superuser("kaikki", "k@example.com", "salasana-pitka")
    for user in (moderator, superuser):
        client = signed_in(user)
        assert client.get(reverse("feedback_public:add")).status_code == 302
        assert client.post(reverse("feedback_public:delete", args=[copy.pk])).status_code == 302
    assert PublicFeedback.objects.filter(pk=copy.pk).exists()


def test_a_moderator_previews_and_lists_copies_without_seeing_the_case(
    answered_case: Case, park_handler: User, moderator: User, feedback_page: HomePage
) -> None:
    copy = propose(park_handler, answered_case, question="Siistitty kysymys")
    client = signed_in(moderator)
    listed = client.get(reverse("feedback_public:list"), {"has_unpublished_changes": "true"}).content.decode()
    assert "Puiston avaaminen" in listed
    edit = client.get(reverse("feedback_public:edit", args=[copy.pk])).content.decode()
    assert "Siistitty kysymys" in edit
    assert "Milloin puisto avataan?" not in edit
    revision = reverse("feedback_public:revisions_view", args=[copy.pk, copy.latest_revision_id])
    preview = client.get(revision)
    assert preview.status_code == 200
    assert "Siistitty kysymys" in preview.content.decode()


def test_case_topic_and_kind_of_a_copy_cannot_be_posted(
    answered_case: Case, park_handler: User, moderator: User, street_topic: Any
) -> None:
    copy = propose(park_handler, answered_case)
    signed_in(moderator).post(
        reverse("feedback_public:edit", args=[copy.pk]),
        {**TEXTS, "topic": street_topic.pk, "kind": "thanks", "live": "on", "case": 999},
    )
    stored = PublicFeedback.objects.get(pk=copy.pk).get_latest_revision_as_object()
    assert (stored.topic, stored.kind, stored.case) == (answered_case.topic, "question", answered_case)
    assert not PublicFeedback.objects.get(pk=copy.pk).live
