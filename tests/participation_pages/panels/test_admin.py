"""Panels in the admin: the register that only organisers see, the export for the draw, and the schedule."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cms.common.dashboard import waiting_for
from cms.users.roles import Role
from participation_pages.panels.admin_hooks import applications_url
from participation_pages.panels.models import PanelApplication, PanelChange, PanelFeatureValue
from participation_pages.panels.services import withdraw_application
from tests.participation_pages.panels.make import ANSWERS, apply, make_panel, make_session, only_application, staff

pytestmark = pytest.mark.django_db

ORGANISERS = [Role.ADMINISTRATOR, Role.BUDGETING_COORDINATOR]
OTHERS = [Role.COMMUNICATIONS, Role.MODERATOR, Role.CASE_HANDLER, None]
LIST = "/admin/panel-applications/"


def signed_in(role: Role | None) -> Client:
    client = Client(headers={"sec-fetch-site": "same-origin"})
    client.force_login(staff(role))
    return client


def inspect_url(application: PanelApplication) -> str:
    return f"{LIST}inspect/{application.pk}/"


@pytest.mark.parametrize("role", ORGANISERS)
def test_organisers_see_the_list_and_the_answers_but_no_contact(role: Role) -> None:
    apply(make_panel())
    application = only_application()
    client = signed_in(role)
    assert application.pool_code in client.get(LIST).content.decode()
    html = client.get(inspect_url(application)).content.decode()
    assert "15–29" in html and "En halua sanoa" in html
    assert "hakija@" not in html
    assert not ModelLogEntry.objects.filter(action="panels.application.view_contact").exists()


@pytest.mark.parametrize("role", ORGANISERS)
def test_the_contact_shows_after_a_press_of_its_own_which_is_logged(role: Role) -> None:
    apply(make_panel())
    response = signed_in(role).post(inspect_url(only_application()))
    assert "hakija@example.com" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert ModelLogEntry.objects.filter(action="panels.application.view_contact").count() == 1


@pytest.mark.parametrize("role", OTHERS, ids=str)
def test_others_reach_no_application_by_any_way(role: Role | None) -> None:
    panel = make_panel()
    apply(panel)
    application = only_application()
    client = signed_in(role)
    addresses = [
        LIST,
        f"{LIST}?export=csv",
        f"{LIST}?export=xlsx",
        f"{LIST}?q={application.pool_code}",
        inspect_url(application),
    ]
    for address in addresses:
        response = client.get(address)
        assert response.status_code in (302, 403, 404), address
    assert client.post(inspect_url(application)).status_code in (302, 403, 404)
    assert not ModelLogEntry.objects.filter(action="panels.application.view_contact").exists()
    front = client.get("/admin/").content.decode()
    assert "panel-applications" not in front
    assert application.pool_code not in front


@pytest.mark.parametrize("role", [*ORGANISERS, *OTHERS], ids=str)
def test_nobody_adds_edits_or_deletes_an_application(role: Role | None) -> None:
    apply(make_panel())
    application = only_application()
    client = signed_in(role)
    for address in (f"{LIST}create/", f"{LIST}edit/{application.pk}/", f"{LIST}delete/{application.pk}/"):
        assert client.get(address).status_code in (302, 403, 404)
        assert client.post(address, {"panel": application.panel_id}).status_code in (302, 403, 404)
    application.refresh_from_db()
    assert PanelApplication.objects.count() == 1


def test_the_list_is_filtered_by_panel_and_state() -> None:
    first, second = make_panel(title="Ensimmäinen"), make_panel(title="Toinen")
    apply(first, email="a@example.com")
    apply(second, email="b@example.com")
    gone = apply(second, email="c@example.com")
    withdraw_application(code=gone, now=timezone.now())
    codes = {a.contact.email if hasattr(a, "contact") else "c": a.pool_code for a in PanelApplication.objects.all()}
    html = signed_in(Role.ADMINISTRATOR).get(applications_url(second)).content.decode()
    assert codes["b@example.com"] in html
    assert codes["a@example.com"] not in html and codes["c"] not in html


def test_the_exports_hold_code_and_background_and_nothing_that_tells_who_it_is() -> None:
    panel = make_panel()
    apply(panel, email="hakija@example.com", phone="040 123 4567")
    gone = apply(panel, email="b@example.com")
    withdraw_application(code=gone, now=timezone.now())
    client = signed_in(Role.BUDGETING_COORDINATOR)
    application = PanelApplication.objects.get(withdrawn_at__isnull=True)
    expected = [
        ["id", "panel", "Ikäryhmä", "Sukupuoli"],
        [application.pool_code, panel.slug, "15–29", "En halua sanoa"],
    ]

    text = client.get(f"{LIST}?export=csv").content.decode()
    assert [line.split(",") for line in text.split()[:1]] == expected[:1]
    assert f"{application.pool_code},{panel.slug},15–29,En halua sanoa" in text
    assert "hakija" not in text and "040" not in text

    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{LIST}?export=xlsx").content)).active
    assert [list(row) for row in sheet.values] == expected
    exports = ModelLogEntry.objects.filter(action="panels.application.export")
    assert [entry.data for entry in exports.order_by("pk")] == [{"count": 1, "format": f} for f in ("csv", "xlsx")]


@pytest.mark.parametrize("label", ["=1+1", "+358", "-15", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_no_cell_of_an_export_is_a_formula(label: str) -> None:
    panel = make_panel()
    feature = panel.features.first()
    PanelFeatureValue.objects.filter(pk=feature.values.first().pk).update(label=label)
    type(feature).objects.filter(pk=feature.pk).update(label="=cmd")
    apply(panel, answers={"=cmd": label, "Sukupuoli": None})
    client = signed_in(Role.ADMINISTRATOR)
    text = client.get(f"{LIST}?export=csv").content.decode()
    assert "'=cmd" in text and f"'{label[0]}" in text
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{LIST}?export=xlsx").content)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}


def test_the_list_costs_the_same_number_of_queries_for_any_number_of_applications(
    django_assert_max_num_queries,
) -> None:
    panel = make_panel()
    for n in range(30):
        apply(panel, email=f"{n}@example.com")
    client = signed_in(Role.ADMINISTRATOR)
    client.get(LIST)
    with django_assert_max_num_queries(25):
        client.get(LIST)


@pytest.mark.parametrize("lookup", ["contact__email__startswith=z", "person_hash=x", "answers__Ikäryhmä=65%2B"])
def test_the_address_offers_no_lookup_that_would_be_an_unlogged_look_at_an_applicant(lookup: str) -> None:
    apply(make_panel())
    html = signed_in(Role.ADMINISTRATOR).get(f"{LIST}?{lookup}").content.decode()
    assert only_application().pool_code in html, "the lookup is not obeyed"


@pytest.mark.parametrize(
    "junk", ["?p=-1", "?p=99999", "?panel__id__exact=x", "?state=x", "?o=99", "?q=%00", "?x=1", "?export=exe"]
)
def test_junk_in_the_lists_address_gives_an_answer(junk: str) -> None:
    apply(make_panel())
    assert signed_in(Role.ADMINISTRATOR).get(LIST + junk).status_code < 500


@pytest.mark.parametrize("role", [*ORGANISERS, *OTHERS], ids=str)
def test_the_dashboard_tells_of_an_open_calls_applications_to_organisers_only(role: Role | None) -> None:
    panel = make_panel()
    make_panel(title="Suljettu", call_closes_at=timezone.now() - timedelta(hours=1))
    apply(panel)
    request = RequestFactory().get("/admin/")
    request.user = staff(role)
    items = [item for item in waiting_for(request) if "Kuntalaisraati" in item.label or "Suljettu" in item.label]
    if role in ORGANISERS:
        assert [(item.count, item.url) for item in items] == [(1, applications_url(panel))]
    else:
        assert items == []


def schedule_data(**changes: object) -> dict[str, object]:
    return {"kind": "cancelled", "reason": "Pandemia", "starts_at": "", "ends_at": "", "known_changes": 0} | changes


@pytest.mark.parametrize("role", [*ORGANISERS, *OTHERS], ids=str)
def test_only_organisers_postpone_and_cancel(role: Role | None) -> None:
    panel = make_panel()
    session = make_session(panel)
    client = signed_in(role)
    addresses = [
        reverse("panel_change_call", args=[panel.pk]),
        reverse("panel_change_session", args=[panel.pk, session.pk]),
    ]
    for n, address in enumerate(addresses):
        client.post(address, schedule_data(known_changes=n))
    assert PanelChange.objects.count() == (2 if role in ORGANISERS else 0)
    assert (client.get(reverse("panel_schedule", args=[panel.pk])).status_code == 200) is (role in ORGANISERS)


def test_the_schedule_shows_states_and_every_change_with_its_reason() -> None:
    panel = make_panel()
    session = make_session(panel, title="Aloitus")
    client = signed_in(Role.ADMINISTRATOR)
    client.post(
        reverse("panel_change_session", args=[panel.pk, session.pk]),
        schedule_data(
            kind="postponed", reason="Salia korjataan", starts_at="2031-01-10 17:00", ends_at="2031-01-10 19:00"
        ),
    )
    html = client.get(reverse("panel_schedule", args=[panel.pk])).content.decode()
    assert "Salia korjataan" in html and "10. tammikuuta 2031" in html and "Siirretty" in html


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reason": ""}, "pakollinen"),
        ({"starts_at": "2031-01-10 17:00"}, "Perutulla ei ole uutta aikaa"),
        ({"kind": "postponed", "starts_at": "2031-01-10 17:00"}, "sekä uusi alku että loppu"),
        (
            {"kind": "postponed", "starts_at": "2031-01-10 17:00", "ends_at": "2031-01-10 16:00"},
            "päätyttävä alkamisen jälkeen",
        ),
        ({"kind": "postponed", "starts_at": "2001-01-10 17:00", "ends_at": "2001-01-10 18:00"}, "jo mennyt"),
        ({"kind": "held"}, "valinta|vaihtoehto|held"),
        ({"known_changes": 5}, "Joku muu"),
    ],
)
def test_a_wrong_change_comes_back_with_a_message_and_stores_nothing(changes: dict, message: str) -> None:
    panel = make_panel()
    html = (
        signed_in(Role.ADMINISTRATOR)
        .post(reverse("panel_change_call", args=[panel.pk]), schedule_data(**changes))
        .content.decode()
    )
    assert any(part in html for part in message.split("|"))
    assert not PanelChange.objects.exists()


def test_a_session_is_changed_only_through_its_own_panel() -> None:
    session = make_session(make_panel())
    address = reverse("panel_change_session", args=[make_panel(title="Toinen").pk, session.pk])
    assert signed_in(Role.ADMINISTRATOR).post(address, schedule_data()).status_code == 404


def panel_form(panel, **changes: object) -> dict[str, object]:
    """What the panel's edit page posts."""
    local = timezone.localtime
    data: dict[str, object] = {
        name: getattr(panel, name)
        for name in ("title", "slug", "purpose", "seats", "minimum_age", "eligibility", "next_steps")
    }
    data["call_opens_at"] = local(panel.call_opens_at).strftime("%Y-%m-%d %H:%M:%S.%f")
    data["call_closes_at"] = local(panel.call_closes_at).strftime("%Y-%m-%d %H:%M:%S.%f")
    features = list(panel.features.all())
    data |= {"features-TOTAL_FORMS": len(features), "features-INITIAL_FORMS": len(features)}
    data |= {"features-MIN_NUM_FORMS": 0, "features-MAX_NUM_FORMS": 1000}
    for n, feature in enumerate(features):
        prefix = f"features-{n}"
        data |= {f"{prefix}-id": feature.pk, f"{prefix}-label": feature.label, f"{prefix}-ORDER": n + 1}
        data |= {f"{prefix}-help_text": ""} | ({f"{prefix}-may_decline": "on"} if feature.may_decline else {})
        values = list(feature.values.all())
        data |= {f"{prefix}-values-TOTAL_FORMS": len(values), f"{prefix}-values-INITIAL_FORMS": len(values)}
        data |= {f"{prefix}-values-MIN_NUM_FORMS": 2, f"{prefix}-values-MAX_NUM_FORMS": 1000}
        for m, value in enumerate(values):
            inner = f"{prefix}-values-{m}"
            data |= {f"{inner}-id": value.pk, f"{inner}-label": value.label, f"{inner}-ORDER": m + 1}
    return data | changes


def edit(role: Role | None, panel, **changes: object):
    address = reverse("wagtailsnippets_participation_pages_panel:edit", args=[panel.pk])
    return signed_in(role).post(address, panel_form(panel, **changes) | {"action-publish": "action-publish"})


@pytest.mark.parametrize("role", [*ORGANISERS, Role.COMMUNICATIONS])
def test_those_who_write_about_panels_edit_and_publish_their_texts(role: Role) -> None:
    panel = make_panel()
    assert edit(role, panel, purpose="Uusi tarkoitus").status_code == 302
    panel.refresh_from_db()
    assert panel.purpose == "Uusi tarkoitus"
    assert [v.label for v in panel.features.first().values.all()] == ["15–29", "30–64", "65+"]


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.CASE_HANDLER, None], ids=str)
def test_others_do_not_edit_panels(role: Role | None) -> None:
    panel = make_panel()
    edit(role, panel, purpose="Uusi tarkoitus")
    panel.refresh_from_db()
    assert panel.purpose != "Uusi tarkoitus"


def test_a_call_that_has_begun_is_not_moved_silently_by_editing_its_dates() -> None:
    panel = make_panel()
    before = panel.call_closes_at
    html = edit(Role.ADMINISTRATOR, panel, call_closes_at="2031-01-01 12:00").content.decode()
    assert "Hakuaika on jo ilmoitettu" in html
    panel.refresh_from_db()
    assert panel.call_closes_at == before


def test_a_call_that_has_not_begun_is_moved_freely() -> None:
    start = timezone.now() + timedelta(days=9)
    panel = make_panel(call_opens_at=start, call_closes_at=start + timedelta(days=3))
    assert edit(Role.COMMUNICATIONS, panel, call_closes_at="2031-01-01 12:00").status_code == 302


@pytest.mark.parametrize(
    "change",
    [
        {"features-0-values-0-label": "0–29"},
        {"features-0-label": "Ikä"},
        {"features-1-DELETE": "on"},
        {"features-0-may_decline": "on"},
    ],
    ids=str,
)
def test_questions_stay_as_they_are_once_somebody_has_answered_them(change: dict) -> None:
    panel = make_panel()
    assert edit(Role.ADMINISTRATOR, panel, **change).status_code == 302, "nobody has answered yet"
    panel = make_panel()
    apply(panel)
    assert "ei voi muuttaa" in edit(Role.ADMINISTRATOR, panel, **change).content.decode()
    panel.refresh_from_db()
    apply(panel, email="b@example.com", answers=ANSWERS)


def test_a_panel_with_applications_is_not_deleted() -> None:
    panel = make_panel()
    apply(panel)
    address = reverse("wagtailsnippets_participation_pages_panel:delete", args=[panel.pk])
    client = signed_in(Role.ADMINISTRATOR)
    assert "ei voi poistaa" in client.post(address, follow=True).content.decode()
    bulk = reverse("wagtail_bulk_action", args=["participation_pages", "panel", "delete"])
    assert "ei voi poistaa" in client.post(f"{bulk}?id={panel.pk}", follow=True).content.decode()
    assert PanelApplication.objects.count() == 1


def test_the_panel_list_and_its_editor_open_with_the_buttons_of_the_role() -> None:
    panel = make_panel()
    index = reverse("wagtailsnippets_participation_pages_panel:list")
    schedule = reverse("panel_schedule", args=[panel.pk])
    assert schedule in signed_in(Role.ADMINISTRATOR).get(index).content.decode()
    client = signed_in(Role.COMMUNICATIONS)
    html = client.get(index).content.decode()
    assert "Haku auki" in html and schedule not in html and "panel-applications" not in html
    assert client.get(reverse("wagtailsnippets_participation_pages_panel:edit", args=[panel.pk])).status_code == 200
    assert signed_in(Role.ADMINISTRATOR).get(reverse("panel_sessions:index")).status_code == 200
    assert client.get(reverse("panel_sessions:index")).status_code == 302


def test_a_draft_panel_is_previewed_with_its_form() -> None:
    panel = make_panel(live=False)
    response = panel.make_preview_request()
    assert response.status_code == 200
    html = response.content.decode() if not hasattr(response, "render") else response.render().content.decode()
    assert panel.purpose in html and "Ikäryhmä" in html


def test_sessions_already_changed_keep_their_planned_time() -> None:
    panel = make_panel()
    session = make_session(panel)
    client = signed_in(Role.ADMINISTRATOR)
    client.post(reverse("panel_change_session", args=[panel.pk, session.pk]), schedule_data())
    address = reverse("panel_sessions:edit", args=[session.pk])
    data = {
        "panel": panel.pk,
        "title": "Uusi nimi",
        "starts_at": "2031-01-01 17:00",
        "ends_at": "2031-01-01 18:00",
        "place": "",
    }
    assert "Siirrä tai peru istunto" in client.post(address, data).content.decode()
    before = session.starts_at
    session.refresh_from_db()
    assert session.starts_at == before
