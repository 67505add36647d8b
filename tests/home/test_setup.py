"""`setup_site` makes the roles and the moderation, twice without a difference, and takes nothing away."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from budgeting_blocks.models import Proposal
from cms.users.models import User
from cms.users.roles import Role, group_of
from feedback_forms.models import PublicFeedback
from home.models import CitySettings, ContentPage, HomePage
from home.setup import set_up_site
from home.setup.permissions import find_permissions, role_permissions

pytestmark = pytest.mark.django_db


def counts() -> list[int]:
    models = [
        *(Group, Permission, GroupPagePermission, GroupCollectionPermission, Locale, Page, Site, CitySettings),
        *(Workflow, WorkflowTask, WorkflowPage, WorkflowContentType),
    ]
    return [model.objects.count() for model in models] + [Group.permissions.through.objects.count()]


def member(*roles: Role) -> User:
    user = User.objects.create_user("-".join(role.name for role in roles).lower())
    user.groups.set([group_of(role) for role in roles])
    return user


def test_a_second_run_changes_nothing() -> None:
    call_command("setup_site")
    before = counts()
    call_command("setup_site")
    assert counts() == before


def test_the_site_gets_a_finnish_front_page_in_place_of_wagtails_welcome() -> None:
    set_up_site()
    root = Site.objects.get(is_default_site=True).root_page.specific
    assert isinstance(root, HomePage)
    assert root.live
    assert root.locale.language_code == "fi"
    assert Page.objects.filter(depth=2).count() == 1
    assert {locale.language_code for locale in Locale.objects.all()} == {"fi", "en", "sv"}


def test_an_own_front_page_and_own_rights_are_left_alone(home_page: HomePage) -> None:
    set_up_site()
    assert Site.objects.get(is_default_site=True).root_page_id == home_page.pk
    extra = find_permissions(["wagtailredirects.add_redirect"])[0]
    group_of(Role.EDITOR).permissions.add(extra)
    set_up_site()
    assert extra in group_of(Role.EDITOR).permissions.all()


def test_a_permission_that_does_not_exist_is_named() -> None:
    with pytest.raises(LookupError, match=r"home\.fly_page"):
        find_permissions(name for name in ["home.fly_page"])


def test_every_role_names_permissions_that_exist_and_may_enter_the_admin() -> None:
    for names in role_permissions().values():
        assert "wagtailadmin.access_admin" in names
        assert len(find_permissions(name for name in names)) == len(names)


@pytest.mark.parametrize(
    ("role", "may_edit", "may_publish"),
    [
        (Role.EDITOR, True, False),
        (Role.COMMUNICATIONS, True, True),
        (Role.MODERATOR, False, False),
        (Role.BUDGETING_COORDINATOR, False, False),
        (Role.CASE_HANDLER, False, False),
        (Role.ADMINISTRATOR, True, True),
    ],
)
def test_who_may_write_and_who_may_publish_pages(role: Role, may_edit: bool, may_publish: bool) -> None:
    set_up_site()
    tester = Page.objects.get(depth=2).permissions_for_user(member(role))
    assert tester.can_edit() is may_edit
    assert tester.can_publish() is may_publish


def test_only_communications_and_administrators_change_the_citys_settings() -> None:
    set_up_site()
    allowed = {role for role in Role if member(role).has_perm("home.change_citysettings")}
    assert allowed == {Role.COMMUNICATIONS, Role.ADMINISTRATOR}


def test_only_administrators_manage_accounts() -> None:
    set_up_site()
    assert {role for role in Role if member(role).has_perm("users.add_user")} == {Role.ADMINISTRATOR}


def test_a_role_taken_away_works_at_once(home_page: HomePage) -> None:
    set_up_site()
    user, client = member(Role.EDITOR), Client()
    client.force_login(user)
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    user.groups.clear()
    assert client.get(reverse("wagtailadmin_home")).status_code == 302


def test_a_page_that_an_editor_submits_waits_for_communications_and_is_published_by_their_yes(
    home_page: HomePage,
) -> None:
    set_up_site()
    editor, approver = member(Role.EDITOR), member(Role.COMMUNICATIONS)
    page = ContentPage(title="Uusi sivu", slug="uusi", live=False)
    home_page.add_child(instance=page)
    page.save_revision(user=editor)
    page.get_workflow().start(page, editor)
    task = page.current_workflow_task
    assert not task.user_can_lock(page, editor)
    assert task.get_actions(page, editor) == []
    assert "approve" in {action[0] for action in task.get_actions(page, approver)}
    page.current_workflow_task_state.approve(user=approver)
    page.refresh_from_db()
    assert page.live


@pytest.mark.parametrize(
    ("model", "roles"),
    [
        (Proposal, {Role.MODERATOR, Role.BUDGETING_COORDINATOR, Role.ADMINISTRATOR}),
        (PublicFeedback, {Role.MODERATOR, Role.ADMINISTRATOR}),
    ],
)
def test_moderators_approve_what_residents_send_and_the_coordinator_proposals(model: type, roles: set[Role]) -> None:
    set_up_site()
    workflow = model.get_default_workflow() if hasattr(model, "get_default_workflow") else model().get_workflow()
    (task,) = workflow.tasks
    assert {group.name for group in task.specific.groups.all()} == {role.value for role in roles}


def test_the_dashboard_counts_what_awaits_the_one_who_looks(home_page: HomePage) -> None:
    set_up_site()
    editor, approver = member(Role.EDITOR), member(Role.COMMUNICATIONS)
    page = ContentPage(title="Uusi sivu", slug="uusi", live=False)
    home_page.add_child(instance=page)
    page.save_revision(user=editor)
    page.get_workflow().start(page, editor)

    def dashboard(user: User) -> str:
        client = Client()
        client.force_login(user)
        return client.get(reverse("wagtailadmin_home")).content.decode()

    assert "Tarkistettavia sivuja" in dashboard(approver)
    assert "reviewable=true" in dashboard(approver)
    assert "Tarkistettavia sivuja" not in dashboard(editor)
    assert "Ei mitään juuri nyt" in dashboard(member(Role.MODERATOR))
    client = Client()
    client.force_login(approver)
    url = f"{reverse('wagtailadmin_reports:workflow_tasks')}?reviewable=true"
    assert "Uusi sivu" in client.get(url).content.decode()
