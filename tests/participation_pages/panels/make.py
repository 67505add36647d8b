"""Panels, staff and posts for tests."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Permission
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import get_random_string

from cms.common.formtokens import make_token
from cms.users.models import User
from cms.users.roles import Role, group_of
from home.models import ContentPage, HomePage
from participation_pages.panels.forms.public import ApplicationForm
from participation_pages.panels.models import Panel, PanelApplication, PanelFeature, PanelFeatureValue, PanelSession
from participation_pages.panels.services import submit_application
from participation_pages.roles import ROLE_PERMISSIONS

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
ANSWERS: dict[str, str | None] = {"Ikäryhmä": "15–29", "Sukupuoli": None}


def make_panel(**fields: Any) -> Panel:
    """A published panel whose call is open around the real present."""
    today = datetime.now(UTC)
    defaults = {
        "title": "Kuntalaisraati",
        "slug": f"raati-{get_random_string(6).lower()}",
        "purpose": "Raati pohtii keskustan tulevaisuutta.",
        "seats": 24,
        "eligibility": "Jokainen hyvinkääläinen.",
        "minimum_age": 15,
        "call_opens_at": today - timedelta(days=2),
        "call_closes_at": today + timedelta(days=2),
        "next_steps": "Jäsenet arvotaan.",
    }
    panel = Panel(**defaults | fields)
    panel.features = [
        _feature("Ikäryhmä", "15–29", "30–64", "65+"),
        _feature("Sukupuoli", "Nainen", "Mies", may_decline=True),
    ]
    panel.full_clean()
    panel.save()
    return panel


def _feature(label: str, *values: str, may_decline: bool = False) -> PanelFeature:
    feature = PanelFeature(label=label, may_decline=may_decline)
    feature.values = [PanelFeatureValue(label=value) for value in values]
    return feature


def make_session(panel: Panel, **fields: Any) -> PanelSession:
    start = datetime.now(UTC) + timedelta(days=20)
    defaults = {
        "title": "Ensimmäinen istunto",
        "starts_at": start,
        "ends_at": start + timedelta(hours=2),
        "place": "Kirjasto",
    }
    return PanelSession.objects.create(panel=panel, **defaults | fields)


def apply(panel: Panel, **changes: Any) -> str:
    """An application by the service; returns the code."""
    fields: dict[str, Any] = {
        "answers": ANSWERS,
        "email": "hakija@example.com",
        "phone": "",
        "of_age": True,
        "consent": True,
        "form_key": get_random_string(22),
        "language": "fi",
        "now": datetime.now(UTC),
    }
    return submit_application(panel_pk=panel.pk, **fields | changes)


def only_application() -> PanelApplication:
    return PanelApplication.objects.get()


def staff(role: Role | None) -> User:
    """A member of staff with just what the role gives in this room, and access to the admin."""
    user = User.objects.create_user(username=get_random_string(8), password="long-enough-password")
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    if role is None:
        user.user_permissions.add(access)
        return user
    group = group_of(role)
    wanted = Q(pk=access.pk)
    for right in ROLE_PERMISSIONS.get(role, ()):
        app, codename = right.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    group.permissions.set(Permission.objects.filter(wanted))
    user.groups.add(group)
    return user


def page_with_calls(home_page: HomePage, *panels: Panel | int) -> tuple[ContentPage, list[str]]:
    """A published page with one call block for each panel, and the ids of the blocks."""
    ids = [str(uuid4()) for _panel in panels]
    body = [
        {"type": "panel_call", "id": id_, "value": {"panel": getattr(panel, "pk", panel), "heading": "", "intro": ""}}
        for panel, id_ in zip(panels, ids, strict=True)
    ]
    page = ContentPage(title="Raati", slug=f"sivu-{get_random_string(6).lower()}", locale=home_page.locale)
    page.body = page.body.stream_block.to_python(body)
    home_page.add_child(instance=page)
    page.save_revision().publish()
    return ContentPage.objects.get(pk=page.pk), ids


def post_data(panel: Panel, *, origin: str = "", **changes: Any) -> dict[str, Any]:
    """What a browser sends from a well filled form; a change to None leaves the field out."""
    form = ApplicationForm(panel=panel)
    age, gender = (name for name in form.fields if name.startswith("feature-"))
    data = {
        "form_token": make_token(),
        "origin": origin,
        "website": "",
        age: form.fields[age].choices[0][0],
        gender: "declined",
        "email": "hakija@example.com",
        "phone": "",
        "of_age": "on",
        "consent": "on",
    } | changes
    return {name: value for name, value in data.items() if value is not None}


def apply_url(panel: Panel) -> str:
    return reverse("panel_apply", args=[panel.slug])
