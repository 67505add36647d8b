"""The order of the gallery: fair to every proposal, the same on all pages of one visit, or by nearness."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from budgeting_blocks.domain.places import Point, parse_point
from budgeting_blocks.domain.rotation import PRIME, coefficients, next_hour, seed_of_hour
from budgeting_blocks.filters import rotated
from budgeting_blocks.models import Area, Proposal
from tests.budgeting_blocks.test_gallery import P, fill, show, titles

NOON = datetime(2026, 11, 24, 10, 5, tzinfo=UTC)


def all_pages(path: str) -> list[str]:
    """The titles on every page, following the links as a visitor does."""
    client, shown = Client(), []
    while path:
        content = client.get(path).content.decode()
        shown += titles(content.encode())
        found = re.search(r'rel="next" href="([^"#]*)', content)
        path = "/" + found[1].replace("&amp;", "&") if found else ""
    return shown


class TestFairOrder:
    def test_no_page_repeats_or_leaves_out_a_proposal_also_when_the_hour_changes(
        self, home_page, proposing_round, theme
    ):
        fill(proposing_round, theme, 100)
        show(home_page, proposing_round)
        with time_machine.travel(NOON, tick=False) as clock:
            client, shown, path = Client(), [], "/"
            while path:
                content = client.get(path).content.decode()
                shown += titles(content.encode())
                clock.shift(timedelta(minutes=20))
                found = re.search(r'rel="next" href="([^"#]*)', content)
                path = "/" + found[1].replace("&amp;", "&") if found else ""
        assert len(shown) == 100
        assert len(set(shown)) == 100

    def test_a_visitors_own_seed_gives_the_same_order_each_time_and_another_than_the_next_ones(
        self, home_page, proposing_round, theme
    ):
        fill(proposing_round, theme, 60)
        show(home_page, proposing_round)
        first = all_pages(f"/?{P}-seed=1331200")
        assert first == all_pages(f"/?{P}-seed=1331200")
        assert first != all_pages(f"/?{P}-seed=1331201")
        assert sorted(first) == [f"Ehdotus {n:05d}" for n in range(60)]

    def test_without_a_seed_the_order_changes_each_hour_also_from_the_cache(self, home_page, proposing_round, theme):
        fill(proposing_round, theme, 60)
        show(home_page, proposing_round)
        client = Client()
        with time_machine.travel(NOON, tick=False) as clock:
            first = titles(client.get("/").content)
            clock.shift(timedelta(minutes=50))
            response = client.get("/")
            assert response["X-Page-Cache"] == "hit"
            assert titles(response.content) == first
            clock.shift(timedelta(minutes=10))
            assert titles(client.get("/").content) != first

    def test_a_filter_keeps_the_seed(self, client, home_page, proposing_round, theme):
        fill(proposing_round, theme, 30)
        show(home_page, proposing_round)
        content = client.get(f"/?{P}-seed=5").content.decode()
        assert re.search(rf'<input type="hidden" name="{P}-seed" value="5"', content)
        assert f"{P}-seed=5&amp;{P}-page=2" in content

    def test_every_proposal_stands_in_each_tenth_of_the_list_about_as_often(self, proposing_round, theme):
        """Over 2,000 seeds. With 10 tenths the sum below is spread as chi square with 9 degrees of freedom: its mean is 9,
        and of 40 proposals one in a thousand times the greatest is over 45."""
        fill(proposing_round, theme, 40)
        seeds, places = 2_000, {pk: Counter() for pk in Proposal.objects.values_list("pk", flat=True)}
        keys = dict(Proposal.objects.values_list("pk", "rotation_key"))
        for seed in range(1_331_200, 1_331_200 + seeds):
            a, b = coefficients(seed)
            order = sorted(keys, key=lambda pk: (keys[pk] * a + b) % PRIME)
            for place, pk in enumerate(order):
                places[pk][place * 10 // len(order)] += 1
        expected = seeds / 10
        spread = {pk: sum((c[tenth] - expected) ** 2 / expected for tenth in range(10)) for pk, c in places.items()}
        assert max(spread.values()) < 45, spread
        assert sum(spread.values()) / len(spread) < 14

    def test_the_database_reckons_as_python_does_also_at_the_greatest_numbers(self, proposing_round, theme):
        fill(proposing_round, theme, 20)
        greatest = Proposal.objects.first()
        Proposal.objects.filter(pk=greatest.pk).update(rotation_key=PRIME - 1)
        for seed in (0, 1, 493_000, 10**9):
            a, b = coefficients(seed)
            found = Proposal.objects.annotate(turned=rotated(seed)).values_list("rotation_key", "turned")
            assert all(place == (key * a + b) % PRIME for key, place in found)

    def test_publishing_an_old_draft_leaves_a_proposal_where_it_is(self, proposing_round, make_proposal):
        proposal = make_proposal(proposing_round)
        revision = proposal.save_revision()
        revision.content.pop("rotation_key", None)
        revision.save()
        revision.publish()
        assert Proposal.objects.get().rotation_key == proposal.rotation_key

    def test_every_new_proposal_gets_a_key_of_its_own(self, proposing_round, theme):
        fill(proposing_round, theme, 50)
        assert len(set(Proposal.objects.values_list("rotation_key", flat=True))) == 50


@given(st.integers(0, 10**9))
def test_a_seed_moves_keys_one_to_one(seed: int) -> None:
    a, b = coefficients(seed)
    assert 0 < a < PRIME
    assert 0 <= b < PRIME
    assert a * (PRIME - 1) + b < 2**63


def test_the_hour_ends_when_it_should() -> None:
    end = next_hour(NOON)
    assert end == datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
    assert seed_of_hour(end) == seed_of_hour(NOON) + 1 == seed_of_hour(end - timedelta(seconds=1)) + 1


class TestNearest:
    @pytest.fixture
    def places(self, home_page, proposing_round, make_proposal, area):
        make_proposal(proposing_round, "Kaukana", latitude=60.70, longitude=24.86)
        make_proposal(proposing_round, "Ei paikkaa")
        make_proposal(proposing_round, "Lähellä", latitude=60.632, longitude=24.861)
        # A degree of longitude is half as long here as one of latitude.
        make_proposal(proposing_round, "Idässä", latitude=60.631, longitude=24.961)
        Area.objects.filter(pk=area.pk).update(latitude=60.70, longitude=24.86)
        show(home_page, proposing_round)

    def test_comes_first_and_what_has_no_place_last(self, places, client):
        content = client.get(f"/?{P}-near=60.631,24.861").content
        assert titles(content) == ["Lähellä", "Idässä", "Kaukana", "Ei paikkaa"]
        assert f'value="60.631,24.861" selected>{"Valitsemani paikka"}' in content.decode()

    def test_to_the_middle_of_an_area(self, places, client):
        assert titles(client.get(f"/?{P}-near=kytaja&{P}-sort=nearest").content)[0] == "Kaukana"

    def test_another_order_that_one_asks_for_wins(self, places, client):
        assert titles(client.get(f"/?{P}-near=60.631,24.861&{P}-sort=title").content)[0] == "Ei paikkaa"

    def test_nearest_to_nothing_says_what_is_missing(self, places, client):
        content = client.get(f"/?{P}-sort=nearest").content.decode()
        assert "Valitse alue kohdasta Lähellä" in content
        assert len(titles(content.encode())) == 4

    def test_a_round_without_places_offers_neither(self, home_page, proposing_round, make_proposal, client):
        make_proposal(proposing_round)
        show(home_page, proposing_round)
        content = client.get("/").content.decode()
        assert "Lähellä" not in content
        assert "Kartta" not in content


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("60.631,24.861", Point(60.631, 24.861)),
        ("60,25", Point(60.0, 25.0)),
        ("48.2,16.4", None),
        ("60.631", None),
        ("60.631,24.861,1", None),
        ("60.6310000001,24.8", None),
        ("-60.6,24.8", None),
        ("٦٠,25", None),
        ("", None),
    ],
)
def test_a_point_is_two_numbers_in_finland(text: str, point: Point | None) -> None:
    assert parse_point(text) == point
