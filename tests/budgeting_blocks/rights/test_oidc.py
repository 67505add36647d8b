"""Strong identification, against allauth's own OpenID Connect provider in a process of its own."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.sessions.models import Session
from django.core import signing
from django.test import Client
from django.utils import timezone

from budgeting_blocks.held import RIGHT
from budgeting_blocks.models import VotingRight
from budgeting_blocks.services.persons import PersonKind, person_hash
from budgeting_blocks.services.rights import find_held_right
from cms.users.models import User
from tests.architecture.rooms import ROOT
from tests.broker.__main__ import CLIENT
from tests.broker.people import PEOPLE
from tests.budgeting_blocks.rights.conftest import Ladder

CALLBACK = "http://testserver/tunnistus/vahva/"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "tests.broker", str(port), CALLBACK]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as broker:
        try:
            assert "OIDC_ISSUER" in broker.stdout.readline()
            yield f"http://127.0.0.1:{port}"
        finally:
            broker.terminate()


@pytest.fixture
def configured(issuer: str, settings) -> str:
    settings.OIDC_ISSUER = issuer
    app = {
        "provider_id": "vahva",
        "name": "Vahva",
        "client_id": CLIENT[0],
        "secret": CLIENT[1],
        "settings": {"server_url": issuer, "scope": ["openid", "profile"]},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    return issuer


@pytest.fixture
def identify(configured: str, ladder: Ladder) -> Callable:
    """`identify(client, "aino")`: to the broker as a browser goes there, and back."""

    def go(client: Client, person: str):
        away = client.get(ladder.url("vote_oidc"))
        assert away.status_code == 302 and away["Location"].startswith(configured), away.content
        broker = requests.Session()
        page = broker.get(away["Location"], timeout=20)
        back = broker.post(page.url, {"person": person}, allow_redirects=False, timeout=20)
        back = broker.get(configured + back.headers["Location"], allow_redirects=False, timeout=20)
        assert back.headers["Location"].startswith(CALLBACK), back.text
        return client.get(back.headers["Location"].removeprefix("http://testserver"))

    return go


def nothing_is_left() -> bool:
    """No account, address, token or session of anybody, from which one could tell who came when."""
    kept = (User, SocialAccount, SocialToken, EmailAddress, Session)
    return not any(model.objects.exists() for model in kept)


def secret_of(client: Client) -> str:
    round = VotingRight.objects.values_list("round", flat=True).first()
    return signing.loads(client.cookies[RIGHT].value, salt=f"budgeting_blocks.held:{RIGHT}:{round}")["secret"]


def test_a_resident_comes_back_with_a_right_and_leaves_nothing_behind(
    identify: Callable, ladder: Ladder, browser: Client
) -> None:
    User.objects.all().delete()
    response = identify(browser, "aino")
    assert response.status_code == 303 and response["Location"] == ladder.url("vote_identified")
    assert response["Cache-Control"] == "private, no-store"
    right = VotingRight.objects.get()
    aino = PEOPLE["aino"]
    assert right.person_hash == person_hash(ladder.round, PersonKind.HETU, aino["hetu"])
    assert (right.means, right.age_band, right.used) == ("oidc", "65-", False)
    assert find_held_right(ladder.round, secret_of(browser), timezone.now()).strength == "strong"
    assert nothing_is_left()
    page = browser.get(response["Location"]).content.decode()
    assert "Äänioikeutesi on todettu" in page and "Vahva" in page
    assert not any(word in page for word in (aino["hetu"], "Aino"))
    cookie = browser.cookies[RIGHT]
    assert cookie["httponly"] and cookie["path"] == ladder.url("vote_review") and int(cookie["max-age"]) <= 3600


def test_the_same_person_gets_one_right_however_often_they_come(identify: Callable, ladder: Ladder) -> None:
    first, second = Client(), Client()
    identify(first, "aino")
    identify(second, "aino")
    assert VotingRight.objects.count() == 1
    now = timezone.now()
    assert find_held_right(ladder.round, secret_of(first), now) is None
    assert find_held_right(ladder.round, secret_of(second), now)


def test_who_has_voted_by_another_means_is_told_so(identify: Callable, ladder: Ladder, browser: Client) -> None:
    person = person_hash(ladder.round, PersonKind.HETU, PEOPLE["aino"]["hetu"])
    VotingRight.objects.create(round=ladder.round, means="desk", secret_hash="x", person_hash=person, used=True)
    response = identify(browser, "aino")
    assert response.status_code == 403 and "jo uurnassa" in response.content.decode()
    assert VotingRight.objects.count() == 1 and not Session.objects.exists()


@pytest.mark.parametrize(
    ("person", "reason"), [("lumi", "vähintään 12-vuotias"), ("eero", "vain kunnan asukkaat"), ("aino", "")]
)
def test_age_and_home_are_read_from_what_the_broker_tells(
    configured: str, make_round, make_proposal, identify: Callable, ladder: Ladder, browser: Client, person, reason
) -> None:
    from budgeting_blocks.models import RuleSheet
    from tests.budgeting_blocks.conftest import freeze

    RuleSheet.objects.update(min_age=12, residents_only=True)
    freeze(ladder.round)
    response = identify(browser, person)
    assert response.status_code == (403 if reason else 303)
    assert reason in response.content.decode() and VotingRight.objects.exists() is not bool(reason)


def test_a_member_of_staff_stays_signed_in(identify: Callable, staff: Client) -> None:
    assert identify(staff, "aino").status_code == 303
    assert staff.get("/admin/").status_code == 200
    assert User.objects.count() == 1


def test_an_answer_that_nobody_asked_for_opens_nothing(configured: str, ladder: Ladder, browser: Client) -> None:
    for query in ("", "?code=x&state=y", "?error=access_denied", "?error=access_denied&state=y"):
        response = browser.get("/tunnistus/vahva/" + query)
        assert response.status_code in (403, 404), query
    assert browser.get("/tunnistus/toinen/?code=x").status_code == 404
    assert not VotingRight.objects.exists()


def test_who_turns_back_at_the_broker_reads_what_to_do(configured: str, ladder: Ladder, browser: Client) -> None:
    away = browser.get(ladder.url("vote_oidc"))["Location"]
    state = re.search(r"state=([^&]+)", away).group(1)
    response = browser.get(f"/tunnistus/vahva/?error=access_denied&state={state}")
    page = response.content.decode()
    assert response.status_code == 403 and "keskeytyi" in page and ladder.url("vote_identify") in page
    assert not Session.objects.exists()


def test_without_a_broker_the_means_is_not_offered(ladder: Ladder, browser: Client, settings) -> None:
    settings.OIDC_ISSUER = ""
    assert "tunnistautumaan" not in browser.get(ladder.url("vote_identify")).content.decode()
    assert browser.get(ladder.url("vote_oidc")).status_code == 404


def test_a_broker_that_does_not_answer_is_said_so(ladder: Ladder, browser: Client, configured: str, settings) -> None:
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:1"
    response = browser.get(ladder.url("vote_oidc"))
    assert response.status_code == 403 and "ei vastaa" in response.content.decode()
