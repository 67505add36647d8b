"""Who may vote by age and home, and what the register knows of a person."""

from __future__ import annotations

from datetime import date

import pytest

from budgeting_blocks.choices import AgeBand
from budgeting_blocks.domain.eligibility import Facts, Fault, age_band, age_on, birth_of_hetu, find_fault
from budgeting_blocks.domain.freezing import Rules
from budgeting_blocks.services.persons import PersonKind, fold_address, has_hetu_shape, person_hash
from tests.budgeting_blocks.rights.conftest import Ladder

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("birth", "age"),
    [(date(2014, 11, 24), 12), (date(2014, 11, 25), 11), (date(2012, 2, 29), 14), (2014, 12), (date(2026, 11, 24), 0)],
)
def test_age_is_counted_on_the_first_day_of_the_vote(birth: date | int, age: int) -> None:
    assert age_on(birth, DAY) == age


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        (Facts(date(2014, 11, 24), True), None),
        (Facts(date(2014, 11, 25), True), Fault.TOO_YOUNG),
        (Facts(date(1990, 1, 1), False), Fault.NOT_RESIDENT),
        (Facts(None, True), Fault.NOT_KNOWN),
        (Facts(date(1990, 1, 1), None), Fault.NOT_KNOWN),
    ],
)
def test_a_round_with_limits_asks_for_both_facts(facts: Facts, fault: Fault | None) -> None:
    assert find_fault(Rules(min_age=12, residents_only=True), facts, DAY) is fault


def test_a_round_without_limits_asks_for_nothing() -> None:
    assert find_fault(Rules(), Facts(), DAY) is None


@pytest.mark.parametrize(
    ("birth", "band"),
    [
        (date(2012, 1, 1), "-14"),
        (date(2011, 11, 24), "15-17"),
        (date(2008, 11, 24), "18-29"),
        (date(1996, 1, 1), "30-44"),
        (date(1961, 11, 25), "45-64"),
        (date(1961, 11, 24), "65-"),
        (date(2030, 1, 1), ""),
        (None, ""),
    ],
)
def test_an_age_is_kept_as_a_band_only(birth: date | None, band: str) -> None:
    assert age_band(birth, DAY) == band
    assert band == "" or band in AgeBand.values


@pytest.mark.parametrize(
    ("hetu", "birth"),
    [
        ("131052-308T", date(1952, 10, 13)),
        ("010106A957M", date(2006, 1, 1)),
        ("010594Y9021", date(1994, 5, 1)),
        ("010516B903X", date(2016, 5, 1)),
        ("131052+308T", date(1852, 10, 13)),
        ("320199-1234", None),
        ("ei ole", None),
        ("", None),
    ],
)
def test_the_day_of_birth_is_read_from_an_identity_code(hetu: str, birth: date | None) -> None:
    assert birth_of_hetu(hetu) == birth


def test_a_wrong_check_sign_is_no_reason_to_refuse_and_a_right_one_none_to_trust() -> None:
    assert has_hetu_shape("131052-308T") and has_hetu_shape("131052-308A")
    assert not has_hetu_shape("131052308T") and not has_hetu_shape("131052-308TX")


@pytest.mark.parametrize(
    "address",
    ["Matti.Meikalainen+osbu@gmail.com", "mattimeikalainen@googlemail.com", " MATTI.MEIKALAINEN@GMAIL.COM "],
)
def test_addresses_of_one_mailbox_are_one_person(address: str) -> None:
    assert fold_address(address) == "mattimeikalainen@gmail.com"


def test_dots_count_where_the_mail_service_counts_them() -> None:
    assert fold_address("matti.meikalainen+1@example.com") == "matti.meikalainen@example.com"


def test_a_person_has_one_key_in_a_round_however_the_code_is_written(ladder: Ladder, make_round) -> None:
    key = person_hash(ladder.round, PersonKind.HETU, "131052-308t")
    assert key == person_hash(ladder.round, PersonKind.HETU, " 131052\u2013308T ")
    assert key != person_hash(make_round(), PersonKind.HETU, "131052-308T")
    assert key != person_hash(ladder.round, PersonKind.DOCUMENT, "131052-308T")
    assert "131052" not in key and len(key) == 64
