"""What the voting block shows, by the round's dates and result."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.models import Proposal, Round, RoundResult
from budgeting_blocks.services.counting import count_round, publish_results
from cms.common.formtokens import make_token
from cms.users.models import User
from home.models import ContentPage, HomePage
from tests.budgeting_blocks.conftest import freeze
from tests.budgeting_blocks.voting.conftest import CONFIRMED, Vote


@pytest.fixture
def make_page(home_page: HomePage) -> Callable[..., ContentPage]:
    """A published page with a voting block for each round; block ids are in `page.block_ids`."""

    def make(*rounds: int) -> ContentPage:
        blocks = [
            {"type": "voting", "id": str(uuid.uuid4()), "value": {"heading": "Äänestä", "intro": "", "round": pk}}
            for pk in rounds
        ]
        page = ContentPage(title="Osbu", slug="osbu-sivu", body=json.dumps(blocks))
        home_page.add_child(instance=page)
        page.save_revision().publish()
        page.block_ids = [block["id"] for block in blocks]
        return page

    return make


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode().replace("\xa0", " "))


def test_in_voting_time_the_block_is_the_ballot(vote: Vote, make_page, browser: Client, make_proposal) -> None:
    make_proposal(vote.round, "Ei etene", state="rejected")
    make_proposal(vote.round, "Luonnos", state="proceeds", cost=100, live=False)
    page = text(browser.get(make_page(vote.round.pk).url))
    for item, cost in ((vote.bench, "6 000 €"), (vote.gym, "10 000 €"), (vote.swing, "8 000 €")):
        assert item.title in page and cost in page and f"/osbu/ehdotukset/{item.pk}/" in page
    assert "Ei etene" not in page and "Luonnos" not in page
    assert "Rahaa on 20 000 €" in page
    assert " style=" not in page and "<script>" not in page and "onclick" not in page


def test_before_and_after_the_block_tells_the_times(vote: Vote, make_page, browser: Client) -> None:
    url = make_page(vote.round.pk).url
    window = vote.round.schedule.window(Kind.VOTING)
    with time_machine.travel(window.opens_at - timedelta(seconds=1), tick=False):
        page = text(browser.get(url))
        assert "Äänestys alkaa" in page and "data-ballot" not in page
    with time_machine.travel(window.closes_at, tick=False):
        page = text(browser.get(url))
        assert "Äänestys päättyi" in page and "Tulos julkaistaan tässä" in page and "data-ballot" not in page


def test_a_vote_whose_rules_nobody_froze_in_time_is_told_to_be_unopened(
    vote_unfrozen: Vote, make_page, browser: Client
) -> None:
    page = make_page(vote_unfrozen.round.pk)
    for close in (False, True):
        if close:
            vote_unfrozen.close()
        shown = browser.get(page.url).content.decode()
        assert "Äänestystä ei ole avattu" in shown and "Kiitos kaikille" not in shown
        assert 'name="proposals"' not in shown


def test_a_cached_page_opens_the_vote_in_time(vote: Vote, make_page, settings) -> None:
    """The page rendered before opening is not served after it, nor the ballot after closing."""
    url, client = make_page(vote.round.pk).url, Client()
    window = vote.round.schedule.window(Kind.VOTING)
    seen = []
    for moment in (
        window.opens_at - timedelta(seconds=30),
        window.opens_at,
        window.closes_at - timedelta(seconds=30),
        window.closes_at,
    ):
        with time_machine.travel(moment, tick=False):
            seen.append("data-ballot" in text(client.get(url)))
    assert seen == [False, True, True, False]


def test_published_results_take_the_place_of_the_ballot(
    vote: Vote, make_page, browser: Client, coordinator: User
) -> None:
    url = make_page(vote.round.pk).url
    vote.cast(vote.gym, vote.bench)
    vote.cast(vote.gym)
    vote.close()
    result = count_round(round=vote.round, user=coordinator)
    assert "Sai rahoituksen" not in text(browser.get(url))
    publish_results(result=result, user=coordinator, confirmation=CONFIRMED)
    page = text(browser.get(url))
    assert page.index("Ulkokuntosali") < page.index("Penkki rantaan")
    assert "Sai rahoituksen" in page
    assert "Keinu puistoon" not in page, "what got no money is on the result's own page"
    assert "Tuloksen vahvisti Kaupunginhallitus 1. joulukuuta 2020, § 12" in page


def test_unknown_votes_are_called_unknown(vote: Vote, make_page, browser: Client) -> None:
    result = RoundResult.objects.create(
        round=vote.round, counted_at=timezone.now(), published_at=timezone.now(), voters=None, decision="KH"
    )
    result.lines.create(proposal=vote.gym, rank=1, votes=None, cost=10_000, funded=True)
    assert text(browser.get(make_page(vote.round.pk).url)).count("ei tiedossa") == 1, "the voters"


def test_an_overspent_ballot_comes_back_on_its_own_page_in_its_own_block(
    vote: Vote, make_round: Callable[..., Round], make_proposal: Callable[..., Proposal], make_page, browser: Client
) -> None:
    other = make_round(Kind.VOTING)
    make_proposal(other, "Toisen kierroksen ehdotus", state="proceeds", cost=500)
    freeze(other)
    page = make_page(vote.round.pk, other.pk)
    origin = f"{page.pk}:{page.block_ids[0]}"
    chosen = [vote.bench.pk, vote.gym.pk, vote.swing.pk]
    response = browser.post(
        reverse("budgeting:vote_review", args=[vote.round.slug]),
        {"form_token": make_token(), "origin": origin, "proposals": chosen},
    )
    shown = text(response)
    assert response.status_code == 422
    assert "<title>Osbu" in shown and "enemmän kuin rahaa on" in shown
    assert len(re.findall(r"type=\"checkbox\"[^>]* checked", shown)) == 3
    assert "Toisen kierroksen ehdotus" in shown
    ids = re.findall(r' id="([^"]+)"', shown)
    assert len(ids) == len(set(ids))


def test_changing_the_choices_leads_back_to_the_page_of_the_block(vote: Vote, make_page, browser: Client) -> None:
    page = make_page(vote.round.pk)
    origin = f"{page.pk}:{page.block_ids[0]}"
    data = {"form_token": make_token(), "origin": origin, "proposals": [vote.gym.pk]}
    url = reverse("budgeting:vote_review", args=[vote.round.slug])
    assert f'name="origin" value="{origin}"' in text(browser.post(url, data))
    back = browser.post(url, data | {"change": "1"})
    assert back.status_code == 200 and "<title>Osbu" in text(back)
    assert re.search(rf'value="{vote.gym.pk}"[^>]* checked', text(back))
    assert "error-summary" not in text(back)


def test_a_post_that_names_another_round_s_block_does_not_show_a_foreign_ballot_there(
    vote: Vote, make_round: Callable[..., Round], make_proposal: Callable[..., Proposal], make_page, browser: Client
) -> None:
    other = make_round(Kind.VOTING)
    make_proposal(other, "Toisen kierroksen ehdotus", state="proceeds", cost=500)
    freeze(other)
    page = make_page(other.pk)
    response = browser.post(
        reverse("budgeting:vote_review", args=[vote.round.slug]),
        {"form_token": make_token(), "origin": f"{page.pk}:{page.block_ids[0]}", "proposals": []},
    )
    assert "Penkki rantaan" not in text(response)


def test_an_unpublished_or_deleted_round_leaves_a_sensible_notice(
    vote: Vote, make_page, browser: Client, make_round: Callable[..., Round]
) -> None:
    gone = make_round(Kind.VOTING)
    page = make_page(vote.round.pk, gone.pk)
    Round.objects.filter(pk=vote.round.pk).update(live=False)
    gone.delete()
    response = browser.get(page.url)
    assert response.status_code == 200
    assert text(response).count("Äänestys ei ole nyt nähtävillä") == 2


@pytest.mark.parametrize("items", [3, 640])
def test_the_ballot_costs_the_same_queries_however_long(
    vote: Vote, make_page, fill_ballot, items: int, django_assert_max_num_queries
) -> None:
    fill_ballot(vote.round, items)
    freeze(vote.round)
    url = make_page(vote.round.pk).url
    client = Client()
    client.get("/")
    with django_assert_max_num_queries(25) as queries:
        response = client.get(url)
    assert response.status_code == 200 and text(response).count('type="checkbox"') == items + 3
    budgeting = [query for query in queries.captured_queries if "budgeting_blocks_" in query["sql"]]
    assert len(budgeting) <= 6


def test_a_receipt_is_private_and_nowhere_in_an_address(vote: Vote, browser: Client) -> None:
    response = browser.post(
        reverse("budgeting:vote_cast", args=[vote.round.slug]),
        {"form_token": make_token(), "proposals": [vote.gym.pk], "code": vote.codes[0]},
    )
    page = browser.get(response.url)
    assert page["Cache-Control"] == "private, no-store"
    assert response.cookies["receipt"]["httponly"] and "?" not in response.url


def test_the_voting_page_of_a_hidden_or_unknown_round_is_not_found(vote: Vote, browser: Client) -> None:
    Round.objects.update(live=False)
    for slug in (vote.round.slug, "ei-ole"):
        for name in ("vote_review", "vote_receipt"):
            assert browser.get(reverse(f"budgeting:{name}", args=[slug])).status_code == 404


def test_the_address_of_casting_opened_by_hand_leads_to_the_ballot(vote: Vote, browser: Client) -> None:
    response = browser.get(reverse("budgeting:vote_cast", args=[vote.round.slug]), follow=True)
    assert response.status_code == 200 and "data-ballot" in text(response)


def test_times_are_the_city_s(make_round: Callable[..., Round], make_page, browser: Client) -> None:
    from zoneinfo import ZoneInfo

    from budgeting_blocks.domain.phases import Window

    helsinki = ZoneInfo("Europe/Helsinki")
    opens = datetime(2031, 3, 13, 9, tzinfo=helsinki)
    round = make_round(windows=[Window(Kind.VOTING, opens, opens + timedelta(days=10))])
    assert re.search(r"Äänestys alkaa 13\. maaliskuuta 2031 (kello|klo) 9", text(browser.get(make_page(round.pk).url)))
