"""Topics of two units, their handlers, and a page with the feedback block."""

import io
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.cache import caches
from django.core.files.storage import storages
from django.test import Client
from PIL import Image

from cms.common.formtokens import make_token
from cms.users.models import Unit, User
from cms.users.roles import Role
from feedback_forms.models import Case, CasePhoto, Topic
from feedback_forms.roles import ROLE_PERMISSIONS
from feedback_forms.services import answer_case, start_handling, submit_feedback
from home.models import HomePage

BLOCK_ID = "11111111-2222-4333-8444-555555555555"


@pytest.fixture(autouse=True)
def private_folder(tmp_path: Any, settings: Any, monkeypatch: Any) -> Any:
    """Photos of a test go to a folder of their own."""
    folder = tmp_path / "private"
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {**settings.STORAGES["private"], "OPTIONS": {"location": folder, "base_url": None}},
    }
    monkeypatch.setattr(CasePhoto._meta.get_field("file"), "storage", storages["private"])
    return folder


@pytest.fixture(autouse=True)
def no_counted_attempts(db: None) -> None:
    caches["shared"].clear()


@pytest.fixture
def streets() -> Unit:
    return Unit.objects.create(name="Katupalvelut", email="kadut@example.com")


@pytest.fixture
def parks() -> Unit:
    return Unit.objects.create(name="Puistopalvelut")


@pytest.fixture
def street_topic(streets: Unit) -> Topic:
    return Topic.objects.create(name="Kadut ja liikenne", slug="kadut", unit=streets, place_rule="required")


@pytest.fixture
def park_topic(parks: Unit) -> Topic:
    return Topic.objects.create(name="Puistot", slug="puistot", unit=parks, place_rule="optional")


def role_user(name: str, role: Role, *units: Unit) -> User:
    group, _created = Group.objects.get_or_create(name=role.value)
    for permission in ROLE_PERMISSIONS[role]:
        app, codename = permission.split(".")
        group.permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    user = User.objects.create_user(name, f"{name}@example.com", "salasana-pitka")
    user.groups.add(group)
    user.units.set(units)
    return User.objects.get(pk=user.pk)


@pytest.fixture
def street_handler(streets: Unit) -> User:
    return role_user("katu", Role.CASE_HANDLER, streets)


@pytest.fixture
def park_handler(parks: Unit) -> User:
    return role_user("puisto", Role.CASE_HANDLER, parks)


@pytest.fixture
def moderator() -> User:
    return role_user("moderaattori", Role.MODERATOR)


@pytest.fixture
def administrator() -> User:
    return role_user("paakayttaja", Role.ADMINISTRATOR)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def feedback_page(home_page: HomePage, street_topic: Topic, park_topic: Topic) -> HomePage:
    return put_blocks(home_page, {"heading": "Anna palautetta", "topics": [], "show_published": True})


def put_blocks(home_page: HomePage, *values: dict[str, Any]) -> HomePage:
    """The front page with one feedback block for each value; the first has BLOCK_ID."""
    home_page.body = [
        {"type": "feedback_form", "value": value, "id": BLOCK_ID if number == 0 else str(uuid.uuid4())}
        for number, value in enumerate(values)
    ]
    home_page.save_revision().publish()
    return HomePage.objects.get(pk=home_page.pk)


@pytest.fixture
def fields(park_topic: Topic) -> Callable[..., dict[str, Any]]:
    """What a resident fills in, as the form posts it; keywords change or add fields."""

    def build(**changes: Any) -> dict[str, Any]:
        return {
            "form_token": make_token(),
            "origin": "",
            "website": "",
            "kind": "fault",
            "topic": park_topic.pk,
            "text": "Keinu on poikki.",
            "place": "Hangonsillan puisto",
            **changes,
        }

    return build


@pytest.fixture
def make_case(park_topic: Topic) -> Callable[..., Case]:
    """A case as it comes through the service."""

    def build(**changes: Any) -> Case:
        data = {
            "kind": "question",
            "topic": park_topic,
            "text": "Milloin puisto avataan?",
            "place": "Puisto",
            "form_key": uuid.uuid4().hex,
            **changes,
        }
        return Case.objects.get(reference=submit_feedback(**data).reference)

    return build


@pytest.fixture
def answered_case(make_case: Callable[..., Case], park_handler: User) -> Case:
    case = make_case(consent_to_publish=True)
    case = start_handling(user=park_handler, case=case, expected_version=1)
    case, _message = answer_case(user=park_handler, case=case, expected_version=2, text="Puisto avataan keväällä.")
    return case


def photo_bytes(format: str = "JPEG", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "green").save(out, format, **options)
    return out.getvalue()
