"""The three steps of voting as a visitor without JavaScript takes them."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from budgeting_blocks.models import Ballot, BallotChoice, VotingRight
from cms.common.formtokens import make_token
from tests.budgeting_blocks.voting.conftest import Vote, Voter

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode().replace("\xa0", " "))


def test_the_review_step_tells_the_sum_and_stores_nothing(vote: Vote, voter: Voter) -> None:
    response = voter.review([vote.bench, vote.gym])
    assert response.status_code == 200
    assert "16 000 €" in text(response) and "4 000 €" in text(response)
    assert "Keinu puistoon" not in text(response)
    assert response["Cache-Control"] == "private, no-store"
    assert not Ballot.objects.exists()


def test_a_vote_ends_on_a_page_that_says_it_is_in_and_shows_the_receipt(vote: Vote, voter: Voter) -> None:
    response = voter.send([vote.bench, vote.gym], vote.codes[0])
    assert response.status_code == 303
    assert response.url == reverse("budgeting:vote_receipt", args=[vote.round.slug])
    page = voter.client.get(response.url)
    assert "Äänesi on perillä" in text(page)
    assert re.search(r"([2-9A-HJKMNP-TV-X]{4}-){3}[2-9A-HJKMNP-TV-X]{4}", text(page))
    assert "Penkki rantaan" not in text(page)
    assert BallotChoice.objects.count() == 2


def test_the_receipt_page_without_a_receipt_shows_no_code(vote: Vote, browser: Client) -> None:
    page = browser.get(reverse("budgeting:vote_receipt", args=[vote.round.slug]))
    assert page.status_code == 200
    assert "Kuitti ei ole enää nähtävillä" in text(page)


def test_an_overspent_ballot_comes_back_with_the_choices_and_the_sum_missing(vote: Vote, voter: Voter) -> None:
    response = voter.review([vote.bench, vote.gym, vote.swing])
    assert response.status_code == 422
    assert "4 000 € enemmän kuin rahaa on" in text(response)
    assert len(re.findall(r"<input type=\"checkbox\"[^>]* checked", text(response))) == 3


def test_an_overspent_ballot_is_refused_also_by_the_last_step(vote: Vote, voter: Voter) -> None:
    response = voter.send([vote.bench, vote.gym, vote.swing], vote.codes[0])
    assert response.status_code == 422
    assert "enemmän kuin rahaa on" in text(response)
    assert not Ballot.objects.exists() and not VotingRight.objects.filter(used=True).exists()


@pytest.mark.parametrize("junk", [["99999999999999999999"], ["-1"], ["abc"], ["١"], ["0"]])
def test_junk_in_place_of_an_item_is_refused(vote: Vote, voter: Voter, junk: list[str]) -> None:
    response = voter.send(junk, vote.codes[0])
    assert response.status_code == 422
    assert "ei ole enää äänestyksessä" in text(response)


def test_an_empty_ballot_is_refused(vote: Vote, voter: Voter) -> None:
    assert "Valitse ainakin yksi ehdotus" in text(voter.review([]))


def test_a_wrong_code_stands_beside_its_field_and_the_choices_stay(vote: Vote, voter: Voter) -> None:
    response = voter.send([vote.gym], "AAAA-BBBB-CCCC")
    assert response.status_code == 422
    assert "Koodi ei kelpaa" in text(response)
    assert f'name="proposals" value="{vote.gym.pk}"' in text(response)
    assert 'value="AAAA-BBBB-CCCC"' in text(response)


def test_a_missing_code_is_asked_for(vote: Vote, voter: Voter) -> None:
    assert "Kirjoita äänestyskoodi" in text(voter.send([vote.gym], ""))


def test_changing_the_choices_keeps_them(vote: Vote, voter: Voter) -> None:
    response = voter.review([vote.gym], change="1")
    assert response.status_code == 200
    assert re.search(rf'value="{vote.gym.pk}"[^>]* checked', text(response))
    assert not re.search(rf'value="{vote.bench.pk}"[^>]* checked', text(response))


def test_a_code_may_be_typed_in_any_case_and_spacing(vote: Vote, voter: Voter) -> None:
    code = vote.codes[0].lower().replace("-", "  ")
    assert voter.send([vote.gym], code).status_code == 303


def test_a_used_code_gets_the_same_answer_as_an_unknown_one(vote: Vote, voter: Voter) -> None:
    voter.send([vote.gym], vote.codes[0])
    used = voter.send([vote.bench], vote.codes[0])
    unknown = voter.send([vote.bench], "AAAA-BBBB-CCCC")
    pattern = r'<p class="field__error">.*?</p>'
    assert used.status_code == unknown.status_code == 422
    assert re.findall(pattern, text(used)) == re.findall(pattern, text(unknown)) != []
    assert Ballot.objects.count() == 1


def test_a_double_click_casts_one_ballot_and_gives_the_same_receipt_twice(vote: Vote, voter: Voter) -> None:
    token = make_token()
    first, second = (voter.send([vote.gym], vote.codes[0], token) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert Ballot.objects.count() == 1


def test_the_same_page_sent_again_with_other_choices_is_refused(vote: Vote, voter: Voter) -> None:
    token = make_token()
    voter.send([vote.gym], vote.codes[0], token)
    response = voter.send([vote.bench], vote.codes[0], token)
    assert response.status_code == 409
    assert "Tältä sivulta on jo äänestetty" in text(response)
    assert list(BallotChoice.objects.values_list("proposal", flat=True)) == [vote.gym.pk]


def test_the_next_person_on_the_same_page_is_not_told_that_their_vote_is_in(vote: Vote, voter: Voter) -> None:
    """Same page view by the back button, same choices, another code: the first one's receipt would be a lie."""
    token = make_token()
    voter.send([vote.gym], vote.codes[0], token)
    response = voter.send([vote.gym], vote.codes[1], token)
    assert response.status_code == 409
    assert voter.send([vote.gym], vote.codes[1]).status_code == 303


@pytest.mark.parametrize("token", ["", "forged", "abc:def:ghi"])
def test_a_forged_token_casts_nothing_and_keeps_the_choices(vote: Vote, voter: Voter, token: str) -> None:
    response = voter.send([vote.gym], vote.codes[0], token)
    assert response.status_code == 422
    assert "vanheni" in text(response)
    assert f'name="proposals" value="{vote.gym.pk}"' in text(response)
    assert not Ballot.objects.exists()


def test_a_post_from_another_site_is_refused(vote: Vote) -> None:
    client = Client(headers={"sec-fetch-site": "cross-site"}, enforce_csrf_checks=True)
    url = reverse("budgeting:vote_cast", args=[vote.round.slug])
    data = {"form_token": make_token(), "proposals": [vote.gym.pk], "code": vote.codes[0]}
    assert client.post(url, data).status_code == 403
    assert not Ballot.objects.exists()


def test_voting_needs_no_cookie(vote: Vote) -> None:
    client = Client(headers={"sec-fetch-site": "same-origin"}, enforce_csrf_checks=True)
    url = reverse("budgeting:vote_cast", args=[vote.round.slug])
    data = {"form_token": make_token(), "proposals": [vote.gym.pk], "code": vote.codes[0]}
    assert client.post(url, data).status_code == 303


def test_after_closing_both_steps_refuse_with_the_reason(vote: Vote, voter: Voter) -> None:
    vote.close()
    assert "Äänestys päättyi" in text(voter.review([vote.gym]))
    response = voter.send([vote.gym], vote.codes[0])
    assert response.status_code == 422
    assert "Äänestys päättyi" in text(response)
    assert not Ballot.objects.exists()


def test_a_library_is_slowed_after_thirty_wrong_codes_and_not_by_right_ones(vote: Vote, voter: Voter) -> None:
    for _ in range(5):
        assert voter.send([vote.gym], vote.codes.pop()).status_code == 303
    for number in range(30):
        assert voter.send([vote.gym], f"AAAA-BBBB-{number:04}").status_code == 422
    blocked = voter.send([vote.gym], vote.codes[0])
    assert blocked.status_code == 429
    assert "Yrityksiä on nyt liikaa" in text(blocked)
    elsewhere = Client(headers={"sec-fetch-site": "same-origin"}, REMOTE_ADDR="192.0.2.7")
    assert Voter(elsewhere, vote).send([vote.gym], vote.codes[0]).status_code == 303


def test_many_addresses_guessing_at_once_get_fewer_tries_and_others_still_vote(
    vote: Vote, voter: Voter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("budgeting_blocks.services.codes.WRONG_IN_ALL", 3)
    for _ in range(3):
        assert voter.send([vote.gym], "AAAA-BBBB-CCCC").status_code == 422
    assert voter.send([vote.gym], "AAAA-BBBB-CCCC").status_code == 429
    elsewhere = Client(headers={"sec-fetch-site": "same-origin"}, REMOTE_ADDR="192.0.2.7")
    assert Voter(elsewhere, vote).send([vote.gym], vote.codes[0]).status_code == 303
