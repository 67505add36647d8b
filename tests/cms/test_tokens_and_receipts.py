"""Form tokens, receipts in cookies, codes on paper, and rate limits."""

import datetime

import pytest
import time_machine
from django.http import HttpRequest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from cms.common import ratelimit
from cms.common.formtokens import MAX_AGE_SECONDS, check_token, fill_tokens, make_token, placeholder
from cms.common.http import client_ip, is_same_origin
from cms.common.receipts import COOKIE, read_receipt, redirect_with_receipt
from cms.common.textkeys import ALPHABET, normalise_code, random_code

START = datetime.datetime(2026, 3, 1, 8, tzinfo=datetime.UTC)


def test_a_fresh_token_is_valid_and_has_a_key_of_its_own() -> None:
    first, second = check_token(make_token()), check_token(make_token())
    assert first.valid
    assert second.valid
    assert first.key != second.key


def test_an_old_token_is_stale_but_known() -> None:
    with time_machine.travel(START, tick=False) as clock:
        token = make_token()
        clock.shift(MAX_AGE_SECONDS + 1)
        checked = check_token(token)
    assert checked.stale
    assert checked.key
    assert not checked.valid


@given(st.text())
def test_no_text_passes_for_a_token(text: str) -> None:
    assert not check_token(text).key


def test_a_changed_token_is_forged() -> None:
    assert not check_token("x" + make_token()).key


def test_all_forms_of_a_page_view_share_one_token() -> None:
    mark = placeholder().encode()
    content, found = fill_tokens(mark + b" " + mark)
    first, second = content.split(b" ")
    assert found
    assert first == second != mark


def test_the_placeholder_cannot_be_guessed_without_the_secret(settings) -> None:
    from cms.common import formtokens

    before = placeholder()
    formtokens.placeholder.cache_clear()
    settings.SECRET_KEY = "another"
    try:
        assert formtokens.placeholder() != before
    finally:
        formtokens.placeholder.cache_clear()


def receipt_request(response, url: str = "/kiitos/") -> HttpRequest:
    request = RequestFactory().get(url)
    request.COOKIES[COOKIE] = response.cookies[COOKIE].value
    return request


def test_a_receipt_is_read_once_the_browser_has_followed() -> None:
    response = redirect_with_receipt(RequestFactory().post("/x/"), "/kiitos/?a=1", {"code": "AB-12"})
    assert response.status_code == 303
    assert response["Location"] == "/kiitos/?a=1"
    assert read_receipt(receipt_request(response)) == {"code": "AB-12"}


def test_a_receipts_cookie_is_hidden_from_scripts_and_other_pages() -> None:
    response = redirect_with_receipt(RequestFactory().post("/x/", secure=True), "/kiitos/?a=1", {})
    cookie = response.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Strict"
    assert cookie["path"] == "/kiitos/"


def test_an_old_or_forged_receipt_is_none() -> None:
    with time_machine.travel(START, tick=False) as clock:
        response = redirect_with_receipt(RequestFactory().post("/x/"), "/kiitos/", {"code": "AB-12"})
        clock.shift(24 * 3600)
        assert read_receipt(receipt_request(response)) is None
    forged = RequestFactory().get("/kiitos/")
    forged.COOKIES[COOKIE] = "eyJjb2RlIjoiWCJ9:1abc:zzz"
    assert read_receipt(forged) is None
    assert read_receipt(RequestFactory().get("/kiitos/")) is None


def test_a_receipt_of_one_address_is_none_at_another() -> None:
    response = redirect_with_receipt(RequestFactory().post("/x/"), "/kiitos/", {"code": "AB-12"})
    assert read_receipt(receipt_request(response, "/muu/")) is None


@given(st.integers(min_value=4, max_value=24))
def test_a_code_survives_being_read_aloud_and_typed(length: int) -> None:
    code = random_code(length)
    assert set(code.replace("-", "")) <= set(ALPHABET)
    assert normalise_code(code) == code
    assert normalise_code(f"  {code.lower().replace('-', ' ')} ") == code


@given(st.text(max_size=300))
def test_normalising_anything_twice_changes_nothing_more(text: str) -> None:
    assert normalise_code(normalise_code(text)) == normalise_code(text)


@pytest.mark.django_db
def test_acts_over_the_limit_are_refused_with_the_minutes_to_wait_until_the_window_ends() -> None:
    with time_machine.travel(START, tick=False) as clock:
        answers = [ratelimit.check("t-limit", "someone", 2, 600) for _act in range(3)]
        assert [bool(answer) for answer in answers] == [True, True, False]
        assert "10" in answers[2].reason
        assert ratelimit.check("t-limit", "another", 2, 600)
        assert ratelimit.check("t-other", "someone", 2, 600)
        clock.shift(600)
        assert ratelimit.check("t-limit", "someone", 2, 600)


@pytest.mark.django_db
def test_acts_are_counted_over_the_whole_window_with_pauses_between_them_too() -> None:
    with time_machine.travel(START, tick=False) as clock:
        answers = []
        for _act in range(3):
            answers.append(bool(ratelimit.check("t-slow", "someone", 2, 3600)))
            clock.shift(600)
        assert answers == [True, True, False]


def test_the_lock_on_passwords_knows_visitors_behind_our_proxy(settings) -> None:
    from axes.helpers import get_client_ip_address

    settings.CLIENT_IP_HEADER = "X-Forwarded-For"
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="6.6.6.6, 1.2.3.4")
    assert get_client_ip_address(request) == "1.2.3.4"


def test_the_visitors_address_comes_only_from_the_header_of_our_own_proxy(settings) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="6.6.6.6, 1.2.3.4")
    settings.CLIENT_IP_HEADER = ""
    assert client_ip(request) == "10.0.0.1"
    settings.CLIENT_IP_HEADER = "X-Forwarded-For"
    assert client_ip(request) == "1.2.3.4"


@pytest.mark.parametrize(
    ("headers", "same"),
    [
        ({"HTTP_SEC_FETCH_SITE": "same-origin"}, True),
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, False),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, False),
        ({"HTTP_ORIGIN": "http://testserver"}, True),
        ({"HTTP_ORIGIN": "http://evil.test"}, False),
        ({"HTTP_ORIGIN": "http://["}, False),
        ({"HTTP_ORIGIN": "null"}, False),
        ({"HTTP_REFERER": "http://testserver/sivu/"}, True),
        ({"HTTP_REFERER": "http://evil.test/testserver"}, False),
        ({}, False),
    ],
)
def test_a_post_from_elsewhere_is_told_apart(headers: dict[str, str], same: bool) -> None:
    assert is_same_origin(RequestFactory().post("/", **headers)) is same
