"""Applying and withdrawing in a browser without JavaScript, and what is tried against both."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from home.models import HomePage
from participation_pages.panels.models import ApplicationContact, PanelApplication
from participation_pages.panels.services import cancel_call
from tests.participation_pages.panels.make import (
    apply,
    apply_url,
    make_panel,
    only_application,
    page_with_calls,
    post_data,
)

pytestmark = pytest.mark.django_db


def code_on(response) -> str:
    return response.content.decode().split('class="receipt__code">')[1].split("<")[0]


def test_a_resident_applies_sees_the_code_and_gets_it_by_mail(
    browser: Client, home_page: HomePage, django_capture_on_commit_callbacks
) -> None:
    panel = make_panel()
    page, (block,) = page_with_calls(home_page, panel)
    with django_capture_on_commit_callbacks(execute=True):
        response = browser.post(apply_url(panel), post_data(panel, origin=f"{page.pk}:{block}"))
    assert response.status_code == 303
    receipt = browser.get(response.url)
    code = code_on(receipt)
    assert receipt.status_code == 200 and code in mail.outbox[0].body
    assert code not in response.url
    assert "no-store" in receipt["Cache-Control"]
    assert only_application().contact.email == "hakija@example.com"


def test_the_receipt_is_seen_only_by_the_one_who_applied(browser: Client, client: Client) -> None:
    browser.post(apply_url(panel := make_panel()), post_data(panel))
    assert client.get(reverse("panel_applied")).status_code == 302


def test_without_a_page_the_form_stands_on_a_page_of_its_own(browser: Client) -> None:
    panel = make_panel()
    assert "Ikäryhmä" in browser.get(apply_url(panel)).content.decode()
    response = browser.post(apply_url(panel), post_data(panel, email="väärä"))
    assert response.status_code == 422
    assert 'value="väärä"' in response.content.decode()


def test_a_fault_comes_back_to_its_own_block_with_what_was_typed_and_the_message_at_the_field(
    browser: Client, home_page: HomePage
) -> None:
    first, second = make_panel(), make_panel(title="Toinen")
    page, (_first, block) = page_with_calls(home_page, first, second)
    data = post_data(second, origin=f"{page.pk}:{block}", consent=None, phone="040 555 1234")
    response = browser.post(apply_url(second), data)
    html = response.content.decode()
    assert response.status_code == 422
    assert html.count("Hakemusta ei voi ottaa vastaan ilman suostumustasi.") == 2, "in the summary and at the field"
    assert html.count('value="040 555 1234"') == 1
    assert html.index("Tarkista nämä kohdat") > html.index(f"b-{block}")
    assert not PanelApplication.objects.exists()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"consent": None}, "suostumustasi"),
        ({"of_age": None}, "vähintään 15-vuotias"),
        ({"email": "", "phone": ""}, "Kirjoita sähköposti tai puhelinnumero"),
        ({"email": "ei-osoite"}, "muodossa nimi@"),
        ({"email": "a@example.com\nBcc: b@example.com"}, "muodossa nimi@"),
        ({"email": f"{'a' * 250}@example.com"}, "muodossa nimi@|enintään"),
        ({"phone": "soita äidille"}, "puhelinnumero"),
        ({"phone": "1" * 31}, "enintään|puhelinnumero"),
        ({"phone": "<script>alert(1)</script>"}, "puhelinnumero"),
        ({"phone": "040\x00123"}, "Tyhjiä|nolla|null|merkkejä"),
        ({"form_token": "väärä"}, "vanheni"),
        ({"form_token": ""}, "vanheni"),
        ({"website": "https://spam.example"}, "vanheni"),
    ],
)
def test_what_the_form_should_refuse_it_refuses_with_a_message(browser: Client, change: dict, message: str) -> None:
    panel = make_panel()
    response = browser.post(apply_url(panel), post_data(panel, **change))
    html = response.content.decode()
    assert response.status_code == 422
    assert any(part in html for part in message.split("|"))
    assert "<script>alert" not in html
    assert not PanelApplication.objects.exists()


def test_an_option_or_a_feature_of_another_panel_is_refused(browser: Client) -> None:
    panel, other = make_panel(), make_panel(title="Toinen")
    own, foreign = panel.features.first(), other.features.first()
    stolen_value = post_data(panel) | {f"feature-{own.pk}": foreign.values.first().pk}
    stolen_fields = post_data(other)
    for data in (stolen_value, stolen_fields):
        assert browser.post(apply_url(panel), data).status_code == 422
    assert not PanelApplication.objects.exists()


@pytest.mark.parametrize("junk", ["", "[]", '{"Ikä": 1}', "\ud83d", "9" * 500, "declined", "-1", "1 OR 1=1"])
def test_junk_in_place_of_an_option_is_refused(browser: Client, junk: str) -> None:
    panel = make_panel()
    name = f"feature-{panel.features.first().pk}"
    data = post_data(panel) | {name: junk.encode("utf-8", "surrogatepass")}
    assert browser.post(apply_url(panel), data).status_code == 422
    assert not PanelApplication.objects.exists()


def test_fields_that_the_form_does_not_have_change_nothing(browser: Client) -> None:
    panel = make_panel()
    extra = {"withdrawn_at": "2020-01-01", "person_hash": "x", "pool_code": "MINUN", "panel": "999", "answers": "{}"}
    browser.post(apply_url(panel), post_data(panel) | extra)
    application = only_application()
    assert application.panel == panel and application.withdrawn_at is None and application.pool_code != "MINUN"


def test_json_is_not_a_form(browser: Client) -> None:
    response = browser.post(apply_url(make_panel()), '{"email": "a@example.com"}', content_type="application/json")
    assert response.status_code == 422
    assert not PanelApplication.objects.exists()


def test_a_post_from_another_site_is_refused(client: Client) -> None:
    panel = make_panel()
    response = client.post(apply_url(panel), post_data(panel), headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 403
    assert not PanelApplication.objects.exists()


def test_a_double_click_gives_one_application_and_the_same_code(browser: Client) -> None:
    panel = make_panel()
    data = post_data(panel)
    codes = set()
    for _click in range(2):
        codes.add(code_on(browser.get(browser.post(apply_url(panel), data).url)))
    assert len(codes) == 1
    assert PanelApplication.objects.count() == 1


def test_a_stranger_cannot_tell_from_any_page_that_an_address_has_applied(browser: Client) -> None:
    panel = make_panel()
    apply(panel, email="uhri@example.com")
    pages = []
    for email in ("uhri@example.com", "tuntematon@example.com"):
        response = browser.post(apply_url(panel), post_data(panel, email=email))
        receipt = browser.get(response.url)
        code = code_on(receipt)
        data = {"code": code, "form_token": post_data(panel)["form_token"], "origin": "", "website": ""}
        withdrawn = browser.post(reverse("panel_withdraw"), data)
        assert len(code) == 19
        pages.append(
            (response.status_code, receipt.content.decode().replace(code, ""), withdrawn.status_code, withdrawn.url)
        )
    assert pages[0] == pages[1]
    assert ApplicationContact.objects.get().email == "uhri@example.com"


def test_a_call_that_closed_while_the_form_was_open_takes_nothing_and_says_so(
    browser: Client, home_page: HomePage
) -> None:
    panel = make_panel()
    page, (block,) = page_with_calls(home_page, panel)
    data = post_data(panel, origin=f"{page.pk}:{block}")
    panel.call_closes_at = timezone.now() - timedelta(seconds=1)
    panel.save()
    response = browser.post(apply_url(panel), data)
    assert response.status_code == 422
    assert "Hakemustasi ei otettu vastaan" in response.content.decode()
    assert not PanelApplication.objects.exists()


def test_a_cancelled_call_takes_no_post(browser: Client) -> None:
    panel = make_panel()
    cancel_call(panel=panel, reason="Pandemia", user=None, now=timezone.now())
    response = browser.post(apply_url(panel), post_data(panel))
    assert response.status_code == 422 and "Pandemia" in response.content.decode()
    assert not PanelApplication.objects.exists()


def test_an_unpublished_panel_is_nowhere(browser: Client) -> None:
    panel = make_panel()
    data = post_data(panel)
    panel.unpublish()
    assert browser.get(apply_url(panel)).status_code == 404
    assert browser.post(apply_url(panel), data).status_code == 404
    assert not PanelApplication.objects.exists()


def test_a_flood_from_one_address_is_slowed_and_told_when_to_try_again(browser: Client) -> None:
    panel = make_panel()
    with patch("participation_pages.panels.views.public.APPLICATIONS_PER_ADDRESS", 3):
        for n in range(5):
            response = browser.post(apply_url(panel), post_data(panel, email=f"{n}@example.com"))
    assert response.status_code == 422 and "minuutin päästä" in response.content.decode()
    assert PanelApplication.objects.count() == 3


def withdraw(browser: Client, code: str):
    token = post_data(make_panel())["form_token"]
    return browser.post(reverse("panel_withdraw"), {"code": code, "form_token": token, "origin": "", "website": ""})


def test_an_applicant_withdraws_with_the_code(browser: Client) -> None:
    code = apply(make_panel())
    response = withdraw(browser, f" {code.lower()} ")
    assert response.status_code == 303
    assert "Tiedot on poistettu" in browser.get(response.url).content.decode()
    assert only_application().withdrawn_at is not None


def test_opening_the_withdrawal_page_does_nothing(browser: Client) -> None:
    code = apply(make_panel())
    browser.get(reverse("panel_withdraw"), {"code": code})
    assert only_application().withdrawn_at is None


def test_guessing_codes_is_slowed_but_right_codes_do_not_count(browser: Client) -> None:
    panel = make_panel()
    codes = [apply(panel, email=f"{n}@example.com") for n in range(12)]
    assert {withdraw(browser, code).status_code for code in codes} == {303}
    for _guess in range(10):
        assert "Tunnusta ei löydy" in withdraw(browser, "AAAA-BBBB-CCCC-DDDD").content.decode()
    assert "minuutin päästä" in withdraw(browser, "AAAA-BBBB-CCCC-DDDE").content.decode()


def test_a_mail_server_that_is_down_does_not_undo_an_application(
    browser: Client, django_capture_on_commit_callbacks
) -> None:
    panel = make_panel()
    with (
        patch("cms.common.outbox.EmailMessage.send", side_effect=OSError),
        django_capture_on_commit_callbacks(execute=True),
    ):
        response = browser.post(apply_url(panel), post_data(panel))
    assert response.status_code == 303
    assert PanelApplication.objects.count() == 1
