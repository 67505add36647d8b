"""A resident gives feedback through the block's form."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from cms.common.photos import CleanPhoto
from feedback_forms.models import Case, CaseContact, CasePhoto, Topic
from feedback_forms.services import submit_feedback
from home.models import HomePage
from tests.conftest import BrowserClient
from tests.feedback_forms.conftest import BLOCK_ID, photo_bytes

GIVE = "/palaute/laheta/"


def upload(content: bytes, name: str = "kuva.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_feedback_arrives_at_the_topics_unit_and_the_sender_gets_a_code(
    browser: Client, feedback_page: HomePage, fields: Callable[..., dict[str, Any]], park_topic: Topic
) -> None:
    response = browser.post(GIVE, fields(origin=f"{feedback_page.pk}:{BLOCK_ID}"))
    assert response.status_code == 303
    assert response["Location"] == "/palaute/kiitos/"
    case = Case.objects.get()
    assert (case.topic, case.state, case.kind) == (park_topic, "received", "fault")
    receipt = browser.get("/palaute/kiitos/")
    html = receipt.content.decode()
    assert "Palautteesi on perillä" in html
    assert case.reference in html
    code = re.search(r'receipt__code">([^<]+)<', html)
    assert code and code[1] not in response["Location"]
    assert "no-store" in receipt["Cache-Control"]
    assert "noindex" in receipt["X-Robots-Tag"]


def test_the_unit_reads_the_kind_in_its_own_language(
    browser: Client,
    feedback_page: HomePage,
    fields: Callable[..., dict[str, Any]],
    street_topic: Topic,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(f"/en{GIVE}", fields(topic=street_topic.pk)).status_code == 303
    (letter,) = mail.outbox
    assert "Vikailmoitus" in letter.body or "vikailmoitus" in letter.body


def test_no_cookie_is_needed_to_give_or_to_follow_feedback(feedback_page: HomePage, fields: Any) -> None:
    strict = BrowserClient(enforce_csrf_checks=True)
    assert strict.post(GIVE, fields()).status_code == 303
    assert strict.post("/palaute/seuraa/", fields(code="x")).status_code == 422


def test_the_code_is_nowhere_in_the_database(
    browser: Client, feedback_page: HomePage, fields: Callable[..., dict[str, Any]]
) -> None:
    browser.post(GIVE, fields())
    code = re.search(r'receipt__code">([^<]+)<', browser.get("/palaute/kiitos/").content.decode())
    assert code
    case = Case.objects.get()
    stored = [str(getattr(case, field.attname)) for field in Case._meta.concrete_fields]
    assert all(code[1] not in text for text in stored)
    assert len(case.follow_hash or "") == 64


def test_a_receipt_is_shown_to_nobody_else(
    browser: Client, client: Client, feedback_page: HomePage, fields: Any
) -> None:
    browser.post(GIVE, fields())
    assert client.get("/palaute/kiitos/")["Location"] == "/palaute/seuraa/"


def test_a_double_click_makes_one_case_and_the_same_receipt(
    browser: Client, feedback_page: HomePage, fields: Any
) -> None:
    data = fields(wants_answer="on", email="asukas@example.com")
    codes = []
    for _click in range(2):
        browser.post(GIVE, data)
        codes += re.findall(r'receipt__code">([^<]+)<', browser.get("/palaute/kiitos/").content.decode())
    assert Case.objects.count() == 1
    assert codes[0] == codes[1]
    assert CaseContact.objects.count() == 1


def test_two_sendings_at_the_same_moment_store_one_case_and_show_one_code(
    park_topic: Topic, private_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = {
        "kind": "fault",
        "topic": park_topic,
        "text": "Keinu on poikki.",
        "form_key": "same",
        "photo": CleanPhoto(photo_bytes(), 40, 30),
    }
    first = submit_feedback(**data)
    # The second one looked before the first one had stored anything.
    answers = iter([None, Case.objects.get()])
    monkeypatch.setattr("feedback_forms.services.submission._case_of", lambda _fingerprint: next(answers))
    second = submit_feedback(**data)
    assert (second.code, second.is_new) == (first.code, False)
    assert Case.objects.count() == CasePhoto.objects.count() == len(files_in(private_folder)) == 1


def test_of_a_hundred_heavy_files_only_a_bounded_part_touches_the_disk(
    browser: Client, feedback_page: HomePage, fields: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = 0
    original = TemporaryFileUploadHandler.receive_data_chunk

    def count(handler: Any, raw_data: bytes, start: int) -> None:
        nonlocal written
        written += len(raw_data)
        original(handler, raw_data, start)

    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", count)
    heavy = b"\xff\xd8\xff" + b"\0" * (3 * 1024 * 1024)
    files = {f"extra{number}": upload(heavy) for number in range(8)}
    response = browser.post(GIVE, fields(photo=upload(heavy), **files))
    assert response.status_code == 422
    assert "Keinu on poikki." in response.content.decode()
    assert written < 9 * 1024 * 1024


def test_another_text_after_the_back_button_is_another_case(
    browser: Client, feedback_page: HomePage, fields: Any
) -> None:
    data = fields()
    browser.post(GIVE, data)
    browser.post(GIVE, {**data, "text": "Toinen asia."})
    assert Case.objects.count() == 2


def test_sender_and_unit_get_mail_without_a_word_of_the_senders(
    browser: Client,
    feedback_page: HomePage,
    street_topic: Topic,
    fields: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(
            GIVE,
            fields(
                topic=street_topic.pk, text="OSTA HALPAA", place="SPAMMIKATU", wants_answer="on", email="a@example.com"
            ),
        )
    receipt, unit = sorted(mail.outbox, key=lambda message: message.to)
    assert (receipt.to, unit.to) == (["a@example.com"], ["kadut@example.com"])
    for message in mail.outbox:
        assert "OSTA" not in message.subject + message.body
        assert "SPAMMI" not in message.subject + message.body
    assert re.search(r"[2-9A-X]{4}-[2-9A-X]{4}-[2-9A-X]{4}", str(receipt.body))


def test_a_stranger_gets_at_most_three_receipts_an_hour(
    browser: Client, feedback_page: HomePage, fields: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(5):
            browser.post(GIVE, fields(text=f"Asia {number}", wants_answer="on", email="Uhri@example.com"))
    assert Case.objects.count() == 5
    assert len([message for message in mail.outbox if message.to == ["Uhri@example.com"]]) == 3


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"kind": ""}, "kind", "Valitse yksi vaihtoehto"),
        ({"kind": "spam"}, "kind", "Valitse oikea vaihtoehto"),
        ({"topic": ""}, "topic", "Valitse yksi vaihtoehto"),
        ({"topic": "999999"}, "topic", "ei enää oteta"),
        ({"topic": "x\x00"}, "topic", "ei enää oteta"),
        ({"text": ""}, "text", "Täytä tämä kohta"),
        ({"text": "x" * 4001}, "text", "4000"),
        ({"text": "nolla\x00merkki"}, "text", "ei sallita"),
        ({"place": "x" * 201}, "place", "200"),
        ({"wants_answer": "on"}, "email", "Kirjoita sähköpostiosoite"),
        ({"wants_answer": "on", "email": "ei-osoite"}, "email", "kelvollinen sähköpostiosoite"),
        ({"wants_answer": "on", "email": "a@example.com\nBcc: b@example.com"}, "email", "kelvollinen"),
        ({"email": "a@example.com"}, "wants_answer", "Rastita tämä"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_stored(
    browser: Client, feedback_page: HomePage, fields: Any, changes: dict[str, str], field: str, words: str
) -> None:
    response = browser.post(
        GIVE, fields(**{"origin": f"{feedback_page.pk}:{BLOCK_ID}", "text": "Tämä säilyy.", **changes})
    )
    html = response.content.decode()
    assert response.status_code == 422
    block = re.search(rf'id="f11111111-{field}_error">(.*?)</div>', html, re.S)
    assert block, html
    assert words in block[1]
    assert Case.objects.count() == 0
    if "text" not in changes:
        assert "Tämä säilyy." in html


def test_a_topic_that_needs_a_place_refuses_feedback_without_one(
    browser: Client, feedback_page: HomePage, street_topic: Topic, fields: Any
) -> None:
    response = browser.post(GIVE, fields(topic=street_topic.pk, place=""))
    assert response.status_code == 422
    assert "Kerro paikka" in response.content.decode()
    assert browser.post(GIVE, fields(topic=street_topic.pk, place="Uudenmaankatu 1")).status_code == 303


def test_a_topic_closed_while_the_form_was_open_is_told_at_the_topic(
    browser: Client, feedback_page: HomePage, park_topic: Topic, fields: Any
) -> None:
    data = fields(origin=f"{feedback_page.pk}:{BLOCK_ID}")
    Topic.objects.filter(pk=park_topic.pk).update(is_active=False)
    response = browser.post(GIVE, data)
    assert response.status_code == 422
    assert "Tähän aiheeseen ei enää oteta palautetta" in response.content.decode()
    assert "Keinu on poikki." in response.content.decode()


@pytest.mark.parametrize("token", ["", "forged:1:x"])
def test_a_forged_or_missing_token_stores_nothing_and_keeps_the_text(
    browser: Client, feedback_page: HomePage, fields: Any, token: str
) -> None:
    response = browser.post(GIVE, fields(form_token=token))
    assert response.status_code == 422
    assert "Keinu on poikki." in response.content.decode()
    assert Case.objects.count() == 0


def test_a_stale_token_is_told_and_the_next_sending_works(
    browser: Client, feedback_page: HomePage, fields: Any
) -> None:
    with time_machine.travel("2026-01-01 08:00:00+00:00"):
        data = fields()
    response = browser.post(GIVE, data)
    assert response.status_code == 422
    assert "vanheni" in response.content.decode()


def test_a_post_from_another_site_is_refused(client: Client, feedback_page: HomePage, fields: Any) -> None:
    assert client.post(GIVE, fields(), headers={"Origin": "https://evil.example"}).status_code == 403
    assert Case.objects.count() == 0


def test_a_robot_that_fills_the_trap_stores_nothing(browser: Client, feedback_page: HomePage, fields: Any) -> None:
    assert browser.post(GIVE, fields(website="http://spam.example")).status_code == 422
    assert Case.objects.count() == 0


def test_state_unit_and_other_columns_cannot_be_posted(
    browser: Client, feedback_page: HomePage, fields: Any, streets: Any
) -> None:
    browser.post(
        GIVE,
        fields(
            state="closed", unit=streets.pk, version="9", reference="P-1", due_at="2030-01-01", answered_at="2020-01-01"
        ),
    )
    case = Case.objects.get()
    assert (case.state, case.version, case.answered_at) == ("received", 1, None)
    assert case.reference != "P-1"
    assert case.topic.unit != streets


def test_script_in_every_text_is_shown_as_text(browser: Client, feedback_page: HomePage, fields: Any) -> None:
    attack = "<script>alert(1)</script>"
    html = browser.post(GIVE, fields(text=attack, place=attack, kind="")).content.decode()
    assert attack not in html
    assert "&lt;script&gt;alert(1)" in html


def test_a_photo_is_stored_privately_under_a_random_name_without_its_metadata(
    browser: Client, feedback_page: HomePage, fields: Any, private_folder: Path
) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (60.0, 37.0, 51.0)
    exif[0x010F] = "Kamera Oy"
    browser.post(GIVE, fields(photo=upload(photo_bytes(exif=exif), "../../kotini Ville Esimerkki.jpg")))
    photo = CasePhoto.objects.get()
    assert re.fullmatch(r"feedback/[0-9a-f]{32}\.jpg", photo.file.name)
    (stored,) = files_in(private_folder)
    assert b"Kamera Oy" not in stored.read_bytes()
    assert not Image.open(io.BytesIO(stored.read_bytes())).getexif()


def png_bomb() -> bytes:
    out = io.BytesIO()
    Image.new("1", (11_000, 11_000)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "tyhja.jpg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "kuva.svg"),
        (b"<html><script>alert(1)</script>", "../../etc/kuva.jpg"),
        (photo_bytes() + b"<script>alert(1)</script>", "monta.jpg"),
        (png_bomb(), "pommi.png"),
        (b"\0" * (8 * 1024 * 1024 + 1), "raskas.jpg"),
    ],
    ids=["empty", "svg", "html", "polyglot", "bomb", "heavy"],
)
def test_a_file_that_bites_is_refused_beside_its_field_and_nothing_is_stored(
    browser: Client, feedback_page: HomePage, fields: Any, private_folder: Path, content: bytes, name: str
) -> None:
    response = browser.post(GIVE, fields(origin=f"{feedback_page.pk}:{BLOCK_ID}", photo=upload(content, name)))
    html = response.content.decode()
    assert response.status_code == 422
    assert 'id="f11111111-photo_error"' in html
    assert "Keinu on poikki." in html
    assert Case.objects.count() == 0
    assert files_in(private_folder) == []


def test_a_good_photo_survives_an_error_in_another_field(
    browser: Client, feedback_page: HomePage, fields: Any, private_folder: Path
) -> None:
    html = browser.post(GIVE, fields(text="", photo=upload(photo_bytes()))).content.decode()
    held = re.search(r'name="held_photo" value="([^"]+)"', html)
    assert held
    assert len(files_in(private_folder)) == 1
    browser.post(GIVE, fields(held_photo=held[1]))
    assert CasePhoto.objects.count() == 1
    (stored,) = files_in(private_folder)
    assert stored.parent.name == "feedback"


def test_a_held_photo_can_be_dropped_and_a_forged_reference_opens_nothing(
    browser: Client, feedback_page: HomePage, fields: Any, private_folder: Path
) -> None:
    html = browser.post(GIVE, fields(text="", photo=upload(photo_bytes()))).content.decode()
    held = re.search(r'name="held_photo" value="([^"]+)"', html)
    assert held
    browser.post(GIVE, fields(held_photo=held[1], remove_photo="1"))
    assert CasePhoto.objects.count() == 0
    assert files_in(private_folder) == []
    forged = browser.post(GIVE, fields(held_photo="feedback/x.jpg", text="Toinen"))
    assert forged.status_code == 422
    assert "ei ole enää tallessa" in forged.content.decode()


def test_a_flood_from_one_address_is_slowed_with_a_message_and_a_time(
    browser: Client, feedback_page: HomePage, fields: Any
) -> None:
    for number in range(30):
        assert browser.post(GIVE, fields(text=f"Asia {number}")).status_code == 303
    response = browser.post(GIVE, fields(text="Yksi liikaa"))
    assert response.status_code == 422
    assert re.search(r"Yritä uudelleen \d+ minuutin päästä", response.content.decode())
    assert "Yksi liikaa" in response.content.decode()
    assert Case.objects.count() == 30


def test_the_same_form_in_two_blocks_keeps_its_errors_to_itself(
    browser: Client, home_page: HomePage, park_topic: Topic, fields: Any
) -> None:
    from tests.feedback_forms.conftest import put_blocks

    page = put_blocks(home_page, {"heading": "A", "topics": []}, {"heading": "B", "topics": []})
    html = browser.post(GIVE, fields(origin=f"{page.pk}:{BLOCK_ID}", text="")).content.decode()
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert html.count("data-error-summary") == 1


def test_the_form_has_a_page_of_its_own(client: Client, feedback_page: HomePage) -> None:
    response = client.get(reverse("feedback:give"))
    assert response.status_code == 200
    assert "Puistot" in response.content.decode()


def test_giving_feedback_takes_a_bounded_number_of_queries(
    browser: Client, feedback_page: HomePage, fields: Any
) -> None:
    with CaptureQueriesContext(connection) as queries:
        browser.post(GIVE, fields(wants_answer="on", email="a@example.com"))
    assert len(queries) < 60
