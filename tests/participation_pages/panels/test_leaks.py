"""Applications are nowhere but in the register: not in search, an index, an export of pages, or a public page."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from wagtail.models import ReferenceIndex
from wagtail.search import index
from wagtail.search.models import IndexEntry

from cms.users.roles import Role
from home.models import HomePage
from participation_pages.panels.models import ApplicationContact, Panel, PanelApplication
from tests.participation_pages.panels.make import apply, make_panel, only_application, page_with_calls, staff

pytestmark = pytest.mark.django_db
PRIVATE = (PanelApplication, ApplicationContact)
SECRETS = ("salainen@example.com", "040 999 8877")


def test_applications_and_contacts_are_in_no_search_index() -> None:
    apply(make_panel(), email=SECRETS[0])
    assert not any(issubclass(model, index.Indexed) for model in PRIVATE)
    types = ContentType.objects.get_for_models(*PRIVATE).values()
    assert not IndexEntry.objects.filter(content_type__in=types).exists()
    assert not ReferenceIndex.objects.filter(base_content_type__in=types).exists()


def test_a_panels_own_search_fields_hold_nothing_of_its_applications() -> None:
    names = {field.field_name for field in Panel.search_fields}
    assert names == {"title", "purpose", "live"}


def test_no_public_page_tells_anything_of_who_has_applied(client: Client, home_page: HomePage) -> None:
    panel = make_panel()
    page, _ids = page_with_calls(home_page, panel)
    before = client.get(page.url).content.decode()
    code = apply(panel, email=SECRETS[0], phone=SECRETS[1])
    application = only_application()
    for address in (
        page.url,
        f"/osallistu/raadit/{panel.slug}/hae/",
        f"/haku/?q={application.pool_code}",
        f"/haku/?q={SECRETS[0]}",
    ):
        html = client.get(address).content.decode().replace(f"q={SECRETS[0]}", "")
        for secret in (application.person_hash, application.reference_hash, code, SECRETS[1]):
            assert secret not in html, address
    after = client.get(page.url).content.decode()
    assert after.count("hakemu") == before.count("hakemu"), "no count of applications"


@pytest.mark.parametrize("role", [Role.COMMUNICATIONS, Role.MODERATOR, Role.CASE_HANDLER])
def test_the_admins_search_and_reports_hold_no_contact(role: Role) -> None:
    apply(make_panel(), email=SECRETS[0])
    client = Client()
    client.force_login(staff(role))
    for address in ("/admin/", "/admin/reports/site-history/", f"/admin/pages/search/?q={SECRETS[0]}"):
        html = client.get(address, follow=True).content.decode().replace(f"q={SECRETS[0]}", "")
        assert SECRETS[0] not in html.replace(f'value="{SECRETS[0]}"', "").replace(f"“<em>{SECRETS[0]}</em>”", "")


def test_the_log_names_no_applicant() -> None:
    from wagtail.models import ModelLogEntry

    apply(make_panel(), email=SECRETS[0], phone=SECRETS[1])
    for entry in ModelLogEntry.objects.all():
        assert not any(secret in f"{entry.label} {entry.data}" for secret in SECRETS)
