"""The sender follows the feedback with its code."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from cms.common.formtokens import make_token
from cms.users.models import User
from feedback_forms.models import Case, Topic
from feedback_forms.selectors import timeline_of
from feedback_forms.services import Receipt, answer_case, close_case, start_handling, submit_feedback

FOLLOW = "/palaute/seuraa/"


@pytest.fixture
def receipt(park_topic: Topic) -> Receipt:
    return submit_feedback(
        kind="question",
        topic=park_topic,
        text="Milloin <b>puisto</b> avataan?",
        form_key=uuid.uuid4().hex,
        wants_answer=True,
        email="asukas@example.com",
    )


def give_code(browser: Client, code: str) -> Any:
    return browser.post(FOLLOW, {"form_token": make_token(), "origin": "", "website": "", "code": code})


def test_the_code_opens_state_text_and_timeline(browser: Client, home_page: Any, receipt: Receipt) -> None:
    response = give_code(browser, receipt.code.lower().replace("-", " "))
    assert (response.status_code, response["Location"]) == (303, "/palaute/seuraa/tilanne/")
    opened = browser.get("/palaute/seuraa/tilanne/")
    html = opened.content.decode()
    assert "Vastaanotettu" in html
    assert "Palaute saapui kaupungille" in html
    assert "Milloin &lt;b&gt;puisto&lt;/b&gt; avataan?" in html
    assert "asukas@example.com" not in html
    assert "no-store" in opened["Cache-Control"]
    assert "noindex" in opened["X-Robots-Tag"]


def test_the_answer_comes_by_mail_and_behind_the_code_without_the_handlers_name(
    browser: Client, home_page: Any, receipt: Receipt, park_handler: User, django_capture_on_commit_callbacks: Any
) -> None:
    park_handler.first_name, park_handler.last_name = "Kaisa", "Käsittelijä"
    park_handler.save()
    case = Case.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        case = start_handling(user=park_handler, case=case, expected_version=1)
        case, _message = answer_case(user=park_handler, case=case, expected_version=2, text="Keväällä & kesällä.")
        close_case(user=park_handler, case=case, expected_version=3)
    (message,) = mail.outbox
    assert message.to == ["asukas@example.com"]
    assert "Keväällä & kesällä." in message.body
    assert "puisto</b>" not in message.body
    give_code(browser, receipt.code)
    html = browser.get("/palaute/seuraa/tilanne/").content.decode()
    assert "Keväällä &amp; kesällä." in html
    assert html.index("Palaute otettiin käsittelyyn") < html.index("Palautteeseen vastattiin")
    assert "Käsittely päättyi" in html
    assert "Kaisa" not in html + str(message.body)


def test_the_timeline_tells_when_things_happened_not_when_they_were_written_down(
    park_topic: Topic, park_handler: User
) -> None:
    arrived = timezone.now() - timedelta(days=9)
    receipt = submit_feedback(kind="thanks", topic=park_topic, text="Kiitos!", form_key="x", now=arrived)
    case = Case.objects.get(reference=receipt.reference)
    case = start_handling(user=park_handler, case=case, expected_version=1, now=arrived + timedelta(hours=3))
    answer_case(user=park_handler, case=case, expected_version=2, text="Ole hyvä.", now=arrived + timedelta(days=1))
    assert [entry.at for entry in timeline_of(case)] == [
        arrived,
        arrived + timedelta(hours=3),
        arrived + timedelta(days=1),
    ]


@pytest.mark.parametrize("code", ["XXXX-XXXX-XXXX", "x", "' OR 1=1 --", "😀" * 12, "ÄÄÄÄ-ÄÄÄÄ-ÄÄÄÄ"])
def test_every_wrong_code_gets_the_same_answer(browser: Client, home_page: Any, receipt: Receipt, code: str) -> None:
    response = give_code(browser, code)
    assert response.status_code == 422
    assert "Koodilla ei löydy palautetta. Tarkista koodi ja yritä uudelleen." in response.content.decode()


def test_without_a_code_the_page_leads_to_the_form(client: Client, home_page: Any, receipt: Receipt) -> None:
    assert client.get("/palaute/seuraa/tilanne/")["Location"] == FOLLOW
    client.cookies["receipt"] = "forged"
    assert client.get("/palaute/seuraa/tilanne/")["Location"] == FOLLOW


def test_guessing_is_slowed_down_also_for_the_right_code(browser: Client, home_page: Any, receipt: Receipt) -> None:
    for _guess in range(20):
        give_code(browser, "XXXX-XXXX-XXXX")
    response = give_code(browser, receipt.code)
    assert response.status_code == 422
    assert "Yrityksiä on nyt liikaa" in response.content.decode()


def test_a_code_in_the_address_opens_nothing(client: Client, home_page: Any, receipt: Receipt) -> None:
    html = client.get(FOLLOW, {"code": receipt.code}).content.decode()
    assert f'value="{receipt.code}"' not in html
    assert "Milloin" not in html
