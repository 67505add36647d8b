"""Codes by letter: sheets, double clicks, revoked batches, and codes tied to people."""

from __future__ import annotations

import base64
import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from budgeting_blocks.models import CodeBatch, VotingRight
from budgeting_blocks.services.codes import create_code_batch, hash_code
from budgeting_blocks.services.persons import PersonKind, person_hash
from budgeting_blocks.services.rights import find_held_right
from cms.common.formtokens import make_token
from cms.users.models import User
from tests.budgeting_blocks.rights.conftest import Ladder, post


def codes_on(response) -> list[str]:
    return re.findall(r"<code>([^<]+)</code>", response.content.decode())


def url(ladder: Ladder, name: str = "codes") -> str:
    return reverse(f"budgeting_voting:{name}", args=[ladder.round.pk])


def test_a_double_click_gives_the_same_batch_and_the_same_codes(staff: Client, ladder: Ladder) -> None:
    data = {"label": "Kirjeet", "size": "9", "form_token": make_token()}
    first, second = (staff.post(url(ladder), data) for _time in range(2))
    assert codes_on(first) == codes_on(second) and len(set(codes_on(first))) == 9
    assert CodeBatch.objects.count() == 1 and VotingRight.objects.count() == 9
    hashes = set(VotingRight.objects.values_list("secret_hash", flat=True))
    assert hashes == {hash_code(ladder.round, code) for code in codes_on(first)}


def test_the_key_of_a_batch_is_not_kept(staff: Client, ladder: Ladder) -> None:
    token = make_token()
    staff.post(url(ladder), {"label": "Kirjeet", "size": "1", "form_token": token})
    assert token.split(":")[0] not in repr(CodeBatch.objects.values().get())


def test_the_sheet_holds_each_code_as_a_picture_whose_address_sends_no_code(staff: Client, ladder: Ladder) -> None:
    page = staff.post(url(ladder), {"label": "Kirjeet", "size": "4", "form_token": make_token()}).content.decode()
    assert page.count('class="slip__qr"') == 4 and "<script>" not in re.sub(r"<script[^>]+>", "", page)
    shown = re.findall(r'slip__code">([^<]+)<', page)
    assert sorted(shown) == sorted(re.findall(r"<code>([^<]+)</code>", page))
    assert not any(
        code in fetched for code in shown for fetched in re.findall(r'(?:href|src)="(?!data:)([^"]*)"', page)
    )


def test_a_revoked_batch_opens_nothing_any_more_and_its_votes_stay(
    staff: Client, ladder: Ladder, coordinator: User
) -> None:
    batch, codes = create_code_batch(round=ladder.round, label="Kirjeet", size=5, user=coordinator, now=timezone.now())
    VotingRight.objects.filter(secret_hash=hash_code(ladder.round, codes[0])).update(used=True)
    revoke = reverse("budgeting_voting:revoke", args=[batch.pk])
    assert staff.post(revoke, {"reason": " "}).status_code == 200
    assert VotingRight.objects.count() == 5
    assert staff.post(revoke, {"reason": "Kirjeet katosivat"}).status_code == 302
    assert [right.used for right in VotingRight.objects.all()] == [True]
    assert find_held_right(ladder.round, codes[1], timezone.now()) is None
    entry = ModelLogEntry.objects.get(action="budgeting.revoke_codes")
    assert entry.data == {"reason": "Kirjeet katosivat", "count": 4} and entry.user == coordinator
    page = staff.get(url(ladder, "rights")).content.decode()
    assert "Mitätöity: Kirjeet katosivat" in page
    assert "jo mitätöity" in staff.post(revoke, {"reason": "x"}, follow=True).content.decode()


def test_only_those_with_the_permission_revoke(ladder: Ladder, coordinator: User, moderator: User) -> None:
    batch, _codes = create_code_batch(round=ladder.round, label="Kirjeet", size=5, user=coordinator, now=timezone.now())
    client = Client()
    client.force_login(moderator)
    client.post(reverse("budgeting_voting:revoke", args=[batch.pk]), {"reason": "x"})
    assert VotingRight.objects.count() == 5


def recipients(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("lista.csv", text.encode(), content_type="text/csv")


LIST = "Nimi;Tunnus;Alue;Osoite\nAino Esimerkki;131052-308T;Kytäjä;Tie 1\nEero Esimerkki;010594Y9021;;=Tie 2\n"


def test_codes_for_a_list_of_people_know_the_person_and_keep_no_name(staff: Client, ladder: Ladder, area) -> None:
    data = {"label": "Kirjeet", "recipients": recipients(LIST), "form_token": make_token()}
    page = staff.post(url(ladder), data).content.decode()
    text = base64.b64decode(re.search(r'href="data:text/csv;base64,([^"]+)"', page).group(1)).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0][3:] == ["nimi", "alue", "osoite"] and rows[1][3:] == ["Aino Esimerkki", "Kytäjä", "Tie 1"]
    assert rows[2][-1] == "'=Tie 2" and "131052" not in text
    # As a letter: the name and the address without the area, and the code of that very person.
    letters = [re.findall(r"<p>([^<]+)</p>", part.partition("</div>")[0]) for part in page.split("slip__recipient")[1:]]
    assert letters == [["Aino Esimerkki", "Tie 1"], ["Eero Esimerkki", "=Tie 2"]]
    assert re.findall(r'slip__code">([^<]+)<', page) == [row[0] for row in rows[1:]]
    right = VotingRight.objects.get(secret_hash=hash_code(ladder.round, rows[1][0]))
    assert right.person_hash == person_hash(ladder.round, PersonKind.HETU, "131052-308T")
    assert (right.area, right.age_band) == (area, "65-")
    stored = repr(list(VotingRight.objects.values())) + repr(list(ModelLogEntry.objects.values()))
    assert "Aino" not in stored and "131052" not in stored


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Nimi\nAino\n", "puuttuu sarake"),
        ("tunnus;alue\n131052-308T;Atlantis\n", "Rivi 2: aluetta ei ole"),
        ("tunnus\n131052-308T\n131052-308T\n", "Rivi 3: sama henkilö"),
        ("tunnus\n131052308T\n", "Rivi 2: henkilötunnus ei ole"),
        ("tunnus\n", "1–20000"),
        ("", "Tiedosto"),
    ],
)
def test_a_bad_list_is_refused_as_a_whole(staff: Client, ladder: Ladder, text: str, message: str) -> None:
    data = {"label": "Kirjeet", "recipients": recipients(text), "form_token": make_token()}
    page = staff.post(url(ladder), data).content.decode()
    assert message in page or not text
    assert not VotingRight.objects.exists() and "131052" not in page.replace(text, "")


def test_unknown_used_and_malformed_codes_get_one_answer(browser: Client, ladder: Ladder, coordinator: User) -> None:
    _batch, codes = create_code_batch(round=ladder.round, label="K", size=1, user=coordinator, now=timezone.now())
    VotingRight.objects.update(used=True)
    answers = set()
    for code in (codes[0], "AAAA-AAAA-AAAA", "x", "' OR 1=1", "2" * 40):
        response = post(browser, ladder.url("vote_code"), code=code)
        assert response.status_code == 422 and not response.cookies
        answers.add(re.search(r'field__error"[^>]*>(.*?)</p>', response.content.decode(), re.DOTALL).group(1))
    assert len(answers) == 1


def test_guessing_is_slowed_and_right_codes_are_not_counted(browser: Client, ladder: Ladder, coordinator: User) -> None:
    _batch, codes = create_code_batch(round=ladder.round, label="K", size=40, user=coordinator, now=timezone.now())
    assert {post(browser, ladder.url("vote_code"), code=code).status_code for code in codes} == {303}
    answers = [post(browser, ladder.url("vote_code"), code="AAAA-AAAA-AAAA").status_code for _time in range(33)]
    assert answers == [422] * 30 + [429] * 3
