"""What editors do with pages, and that participation blocks survive all of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Workflow
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from budgeting_blocks.models import Round
from cms.users.models import User
from home.models import ContentPage, HomePage
from participation_pages.models import (
    AnnouncementPage,
    BudgetingPage,
    EventPage,
    ForumPage,
    KeyProjectPage,
    Panel,
    PanelPage,
    ParticipationPlanPage,
)
from tests.participation_pages.blockdata import BODY, PARTICIPATION_NAMES, posted_body, raw_body

Records = dict[type[models.Model], models.Model]
NO_LINES = {"count": "0"}
START = timezone.now() + timedelta(days=5)

# Page type → the fields that its own form adds.
TYPES: dict[type[Page], Callable[[Records], dict[str, Any]]] = {
    ContentPage: lambda _records: {},
    ParticipationPlanPage: lambda _records: {"status": "in_use", "from_year": "2018", "to_year": "2019"},
    KeyProjectPage: lambda _records: {
        "aim": "Uusia tapoja osallistua.",
        "status": "under_way",
        "goals": NO_LINES,
        "group_roles": NO_LINES,
        "stakeholders": NO_LINES,
    },
    BudgetingPage: lambda records: {"round": str(records[Round].pk)},
    ForumPage: lambda _records: {},
    AnnouncementPage: lambda _records: {"date": "2026-03-01"},
    EventPage: lambda _records: {
        "status": "planned",
        "starts_at": f"{START:%Y-%m-%d} 17:00",
        "ends_at": f"{START:%Y-%m-%d} 19:00",
        "place": "Kaupungintalo",
    },
    PanelPage: lambda records: {"panel": str(records[Panel].pk)},
}
EACH_TYPE = pytest.mark.parametrize("model", TYPES, ids=[model.__name__ for model in TYPES])


def form_data(
    model: type[Page], records: Records, names: list[str] = PARTICIPATION_NAMES, **more: Any
) -> dict[str, str]:
    """What the edit form of this page type posts, with the named blocks in the body."""
    fields = {
        "title": "Uusi sivu",
        "slug": "uusi-sivu",
        "introduction": "Johdanto",
        "body": posted_body(names, records),
        "listing_image": "",
        "comments": inline_formset([]),
        **TYPES[model](records),
        **more,
    }
    return nested_form_data(fields)


def parent_of(model: type[Page], home_page: HomePage, records: Records) -> Page:
    return records[ForumPage] if model in (AnnouncementPage, EventPage) else home_page


def create(client: Client, model: type[Page], parent: Page, data: dict[str, str]) -> Page:
    """Send the real form; the page that it made."""
    address = reverse("wagtailadmin_pages:add", args=["participation_pages", model._meta.model_name, parent.pk])
    address = address.replace("participation_pages", model._meta.app_label)
    response = client.post(address, data)
    assert response.status_code == 302, form_errors(response)
    return model.objects.get(slug=data["slug"])


def form_errors(response: Any) -> Any:
    form = response.context["form"]
    return form.errors, [described(error) for error in form.errors.as_data().get("body", [])]


def described(error: Any) -> Any:
    """What is wrong inside a block, down to the messages."""
    nested = getattr(error, "block_errors", None)
    if not nested:
        return getattr(error, "messages", error)
    return {key: described(part) for key, part in (nested.items() if isinstance(nested, dict) else enumerate(nested))}


@EACH_TYPE
def test_each_type_is_published_with_all_participation_blocks_by_its_form(
    client: Client, editor: User, home_page: HomePage, records: Records, model: type[Page]
) -> None:
    data = {**form_data(model, records), "action-publish": "1"}
    page = create(client, model, parent_of(model, home_page, records), data)
    assert page.live
    assert [child.block_type for child in page.body] == PARTICIPATION_NAMES
    assert Client().get(page.url).status_code == 200


@EACH_TYPE
def test_each_type_has_a_preview_before_and_after_its_first_save(
    client: Client, editor: User, home_page: HomePage, records: Records, model: type[Page]
) -> None:
    parent, data = parent_of(model, home_page, records), form_data(model, records)
    for_new = reverse(
        "wagtailadmin_pages:preview_on_add", args=[model._meta.app_label, model._meta.model_name, parent.pk]
    )
    check_preview(client, for_new, data)
    page = create(client, model, parent, data)
    check_preview(client, reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]), data)


def check_preview(client: Client, address: str, data: dict[str, str]) -> None:
    answer = client.post(address, data).json()
    assert answer["is_valid"]
    response = client.get(address)
    assert response.status_code == 200
    html = response.content.decode()
    assert "Uusi sivu" in html and "cms/css/site" in html
    assert "Foorumin uutinen" in html


@EACH_TYPE
def test_each_type_goes_live_at_its_hour_and_cached_pages_are_emptied(
    client: Client, editor: User, home_page: HomePage, records: Records, model: type[Page]
) -> None:
    hour = timezone.now() + timedelta(hours=3)
    parent = parent_of(model, home_page, records)
    stamp = timezone.localtime(hour).strftime("%Y-%m-%d %H:%M")
    data = {**form_data(model, records, go_live_at=stamp, expire_at=""), "action-publish": "1"}
    page = create(client, model, parent, data)
    assert not page.live and page.approved_schedule
    visitor = Client()
    assert visitor.get(page.url).status_code == 404
    visitor.get(records[ForumPage].url)
    assert visitor.get(records[ForumPage].url)["X-Page-Cache"] == "hit"
    with time_machine.travel(hour + timedelta(minutes=2), tick=True):
        call_command("publish_scheduled")
        assert visitor.get(records[ForumPage].url)["X-Page-Cache"] == "miss"
        assert visitor.get(page.url).status_code == 200


@EACH_TYPE
def test_each_type_waits_for_a_moderator_and_is_published_by_the_yes(
    client: Client, editor: User, home_page: HomePage, records: Records, model: type[Page]
) -> None:
    assert Workflow.objects.filter(active=True).exists()
    data = {**form_data(model, records), "action-submit": "1"}
    page = create(client, model, parent_of(model, home_page, records), data)
    assert page.workflow_in_progress and not page.live
    task_state = page.current_workflow_task_state
    action = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task_state.pk])
    assert client.post(action, {"comment": ""}).status_code == 302
    page.refresh_from_db()
    assert page.live
    assert Client().get(page.url).status_code == 200


@EACH_TYPE
def test_revisions_of_each_type_can_be_compared_when_blocks_changed(
    client: Client, editor: User, home_page: HomePage, records: Records, model: type[Page]
) -> None:
    data = form_data(model, records)
    page = create(client, model, parent_of(model, home_page, records), {**data, "action-publish": "1"})
    first = page.latest_revision
    page.body = [*reversed(page.body.raw_data), *raw_body(PARTICIPATION_NAMES, records)]
    page.save_revision()
    address = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, "latest"])
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("fate", ["unpublished", "deleted"])
@EACH_TYPE
def test_each_type_survives_that_what_its_blocks_point_to_is_gone(
    client: Client, editor: User, home_page: HomePage, records: Records, model: type[Page], fate: str
) -> None:
    data = form_data(model, records)
    page = create(client, model, parent_of(model, home_page, records), {**data, "action-publish": "1"})
    first = page.latest_revision
    for record in records.values():
        if record.pk == page.get_parent().pk:
            continue  # the page would go with its forum
        if fate == "deleted":
            record.delete()
        elif hasattr(record, "unpublish"):
            record.unpublish()
    page.refresh_from_db()
    page.body = [*page.body.raw_data, {"type": "rich_text", "value": "<p>Lisäys</p>"}]
    page.save_revision()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, "latest"])
    for address in (edit, compare, reverse("wagtailadmin_pages:view_draft", args=[page.pk])):
        assert client.get(address).status_code == 200, address
    assert Client().get(page.url).status_code == 200
    page.go_live_at = timezone.now() - timedelta(minutes=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    call_command("publish_scheduled")
    page.refresh_from_db()
    assert "Lisäys" in Client().get(page.url).content.decode()


def test_an_editor_cannot_save_a_cancelled_event_without_a_reason(
    client: Client, editor: User, records: Records
) -> None:
    data = form_data(EventPage, records, status="cancelled")
    address = reverse("wagtailadmin_pages:add", args=["participation_pages", "eventpage", records[ForumPage].pk])
    response = client.post(address, {**data, "action-publish": "1"})
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"cancel_reason"}
    assert not EventPage.objects.filter(slug="uusi-sivu").exists()


@pytest.mark.parametrize("name", list(BODY.child_blocks))
def test_the_picture_in_the_block_menu_renders_with_the_sites_own_look(client: Client, editor: User, name: str) -> None:
    block = BODY.child_blocks[name]
    response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert response.status_code == 200
    html = response.content.decode()
    assert "cms/css/site" in html
    assert f"block--{name}" in html
