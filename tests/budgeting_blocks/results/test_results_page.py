"""The page of a published result: everything in it, at a cost that does not grow."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from budgeting_blocks.models import ResultLine, Round, RoundResult
from budgeting_blocks.services.archive import PastLine, record_past_result
from budgeting_blocks.services.counting import PublishRefused, publish_results
from cms.users.models import User
from tests.budgeting_blocks.results.test_delivery import Publish
from tests.budgeting_blocks.voting.conftest import CONFIRMED, Vote


@pytest.fixture
def page(vote: Vote, counted: RoundResult, publish: Publish) -> str:
    publish(counted)
    return Client().get(reverse("budgeting:result", args=[vote.round.slug])).content.decode()


def test_it_tells_winners_votes_reasons_money_and_decision(page: str) -> None:
    for words in (
        "Tuloksen vahvisti Kaupunginhallitus 1. joulukuuta 2020, § 12 (puheenjohtaja).",
        "Äänissä sijalla 1. Rahaa oli jäljellä 20\xa0000\xa0€, ja ehdotus mahtui siihen.",
        "Rahaa oli jäljellä 2\xa0000\xa0€, ja ehdotus maksaa 6\xa0000\xa0€.",
        "Eniten ääniä saanut ehdotus rahoitettiin ensin.",
        "Lataa kierroksen aineisto",
    ):
        assert words in page
    assert page.count('class="bar bar--money"') == 1 and page.count('class="bar"') == 3 and " style=" not in page


def test_a_reason_tells_what_was_funded_before(page: str) -> None:
    assert "Ennen sitä rahoitettiin: Ulkokuntosali (10\xa0000\xa0€), Keinu puistoon (8\xa0000\xa0€)." in page


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Ulkokuntosali", "Keinu puistoon", "Penkki rantaan"]),
        ("jarjesta=hinta", ["Penkki rantaan", "Keinu puistoon", "Ulkokuntosali"]),
        ("jarjesta=nimi&nayta=kylla", ["Keinu puistoon", "Ulkokuntosali"]),
        ("nayta=ei", ["Penkki rantaan"]),
        ("nayta=%00&jarjesta=x", ["Ulkokuntosali", "Keinu puistoon", "Penkki rantaan"]),
    ],
)
def test_its_list_is_sorted_and_narrowed_by_the_address(
    vote: Vote, counted: RoundResult, publish: Publish, query: str, titles: list[str]
) -> None:
    publish(counted)
    page = Client().get(f"{reverse('budgeting:result', args=[vote.round.slug])}?{query}").content.decode()
    table = page[page.index('<table class="result-table"') :]
    found = {title: table.find(f">{title}</a>") for title in ("Ulkokuntosali", "Keinu puistoon", "Penkki rantaan")}
    assert sorted((title for title in found if found[title] >= 0), key=lambda title: found[title]) == titles


def test_the_turnout_is_told_where_those_who_might_have_voted_are_known(
    vote: Vote, counted: RoundResult, coordinator: User
) -> None:
    with pytest.raises(PublishRefused):
        publish_results(result=counted, user=coordinator, confirmation=replace(CONFIRMED, eligible=18))
    publish_results(result=counted, user=coordinator, confirmation=replace(CONFIRMED, eligible=1900))
    assert (
        "1,0 % äänioikeutetuista (1\xa0900)"
        in Client().get(reverse("budgeting:result", args=[vote.round.slug])).content.decode()
    )


def test_its_table_is_a_file_as_well(vote: Vote, page: str) -> None:
    text = Client().get(reverse("budgeting:result_csv", args=[vote.round.slug])).content.decode()
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[2:5] for row in rows[1:]] == [
        ["Ulkokuntosali", "12", "10000"],
        ["Keinu puistoon", "7", "8000"],
        ["Penkki rantaan", "3", "6000"],
    ]


def test_what_is_not_known_is_said_so(make_round, make_proposal) -> None:
    round = make_round(None)
    record_past_result(
        round=round,
        lines=[PastLine(make_proposal(round, "Laavu"))],
        voters=None,
        decision="Tulos on vuodelta 2021.",
        published_at=timezone.now(),
        reasons="Asukkaat äänestivät.",
    )
    page = Client().get(reverse("budgeting:result", args=[round.slug])).content.decode()
    assert page.count(">ei tiedossa<") == 3, "voters, and votes and cost of the one"
    assert "käytetty summa ei ole tiedossa" in page
    assert "None" not in page


def test_it_costs_the_same_queries_however_many_items(
    vote: Vote, counted: RoundResult, publish: Publish, make_proposal, django_assert_max_num_queries, settings
) -> None:
    settings.PAGE_CACHE_SECONDS = 0
    publish(counted)
    url = reverse("budgeting:result", args=[Round.objects.get(pk=vote.round.pk).slug])
    client = Client()
    client.get(url)

    def queries() -> int:
        with django_assert_max_num_queries(40) as counter:
            assert client.get(url).status_code == 200
        return len(counter)

    before = queries()
    lines = [
        ResultLine(result=counted, proposal=make_proposal(vote.round, f"E {n}"), rank=n, votes=1, cost=1)
        for n in range(10, 40)
    ]
    ResultLine.objects.bulk_create(lines)
    items = counted.log["pots"][0]["items"]
    items += [items[0] | {"item": line.proposal_id} for line in lines]
    RoundResult.objects.filter(pk=counted.pk).update(log=counted.log)
    client.get(url)  # reads the new version of the cache
    assert queries() == before
