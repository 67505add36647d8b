"""Counts beside the gallery's choices, the map, and the shortlist that needs no account."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from budgeting_blocks.domain.mapping import WIDTH, Drawing
from budgeting_blocks.domain.places import Point
from budgeting_blocks.models import Area, ProposalSupport, Theme
from budgeting_blocks.selectors.proposal_map import Shape
from budgeting_blocks.selectors.shortlist import MAX_ITEMS, parse_ids
from tests.budgeting_blocks.test_gallery import P, fill, show, titles


def options(content: bytes, name: str) -> dict[str, str]:
    select = re.search(rf'<select name="{P}-{name}".*?</select>', content.decode(), re.DOTALL)
    return dict(re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)<', select[0])) if select else {}


class TestCounts:
    @pytest.fixture
    def mixed(self, home_page, proposing_round, make_proposal, theme, area):
        culture = Theme.objects.create(name="Kulttuuri", slug="kulttuuri")
        Theme.objects.create(name="Tyhjä", slug="tyhja")
        make_proposal(proposing_round, "Lava puistoon", theme=culture, area=area, state="proceeds", cost=5)
        make_proposal(proposing_round, "Penkki puistoon", area=area)
        make_proposal(proposing_round, "Verkko", state="rejected")
        make_proposal(proposing_round, "Luonnos", live=False)
        show(home_page, proposing_round)

    def test_each_choice_tells_how_many_it_would_leave_under_the_others(self, mixed, client):
        plain = client.get("/").content
        assert options(plain, "theme") == {
            "": "Kaikki teemat",
            "liikunta": "Liikunta (2)",
            "kulttuuri": "Kulttuuri (1)",
        }
        assert options(plain, "state")["not_assessed"] == "Ei vastattu (1)"
        chosen = client.get(f"/?{P}-area=kytaja&{P}-theme=liikunta").content
        assert options(chosen, "theme") == {
            "": "Kaikki teemat",
            "liikunta": "Liikunta (1)",
            "kulttuuri": "Kulttuuri (1)",
        }
        assert options(chosen, "area")["kytaja"] == "Kytäjä (1)"
        assert options(chosen, "state") == {
            "": "Kaikki tilat",
            "not_assessed": "Ei vastattu (1)",
            "proceeds": "Etenee äänestykseen (0)",
            "rejected": "Ei etene äänestykseen (0)",
        }

    def test_words_narrow_the_counts_too(self, mixed, client):
        assert options(client.get(f"/?{P}-q=puistoon").content, "theme")["liikunta"] == "Liikunta (1)"

    @pytest.mark.parametrize("query", ["", "theme=liikunta", "state=not_assessed", "area=kytaja", "q=puistoon"])
    def test_the_total_is_what_is_shown(self, mixed, client, query):
        content = client.get(f"/?{P}-{query}").content
        total = int(re.search(r'role="status">\s*(\d+) ehdotus', content.decode())[1])
        assert total == len(titles(content))

    def test_an_empty_choice_that_is_in_the_address_stays_to_be_seen(self, mixed, client):
        assert options(client.get(f"/?{P}-theme=tyhja").content, "theme")["tyhja"] == "Tyhjä (0)"


class TestMap:
    def test_draws_each_place_and_lists_it_beside(self, home_page, proposing_round, make_proposal, client):
        Area.objects.create(name="Keskusta", slug="keskusta", latitude=60.631, longitude=24.861)
        for n in range(3):
            make_proposal(proposing_round, f"Paikka {n}", latitude=60.62 + n / 100, longitude=24.86)
        make_proposal(proposing_round, "Ei paikkaa")
        show(home_page, proposing_round)
        content = client.get(f"/?{P}-view=map&{P}-sort=title").content.decode()
        assert re.findall(r"<li data-number=\"(\d)\"><a [^>]*>([^<]*)<", content) == [
            ("1", "Paikka 0"),
            ("2", "Paikka 1"),
            ("3", "Paikka 2"),
        ]
        assert content.count("<circle r=") == 3
        assert ">Keskusta</text>" in content
        ys = [float(y) for y in re.findall(r"translate\([\d.]+ ([\d.]+)\)", content)]
        assert ys == sorted(ys, reverse=True)  # the northernmost is uppermost

    def test_a_name_near_an_edge_turns_inwards(self):
        shapes = [Shape("Hyvinkäänkylä", "", x, 10.0, is_named=True) for x in (5.0, 300.0, 590.0)]
        assert [shape.edge for shape in shapes] == ["left", "", "right"]

    def test_keeps_the_filters_and_takes_them(self, home_page, proposing_round, make_proposal, client, area):
        make_proposal(proposing_round, "Täällä", area=area, latitude=60.6, longitude=24.8)
        make_proposal(proposing_round, "Tuolla", latitude=60.7, longitude=24.8)
        show(home_page, proposing_round)
        content = client.get(f"/?{P}-view=map&{P}-area=kytaja").content.decode()
        assert "Täällä" in content
        assert "Tuolla" not in content
        assert f'<input type="hidden" name="{P}-view" value="map"' in content
        assert f"{P}-view=map" in client.get(f"/?{P}-area=kytaja").content.decode()

    def test_is_bounded(self, home_page, proposing_round, theme, client):
        fill(proposing_round, theme, 310)
        show(home_page, proposing_round)
        content = client.get(f"/?{P}-view=map").content.decode()
        assert content.count("<circle r=") == 300
        assert "Kartalla on 300 ensimmäistä" in content

    @given(
        st.lists(st.tuples(st.floats(59, 71), st.floats(19, 32)), min_size=1, max_size=20),
    )
    def test_every_point_lies_in_the_frame(self, points):
        listed = [Point(*point) for point in points]
        drawing = Drawing.around(listed)
        for x, y in map(drawing.place, listed):
            assert 0 < x < WIDTH
            assert 0 < y < drawing.height
        assert drawing.height <= WIDTH + 48
        assert 0 < drawing.scale_bar()[1] <= WIDTH


class TestShortlist:
    @pytest.fixture
    def picked(self, home_page, proposing_round, make_proposal):
        show(home_page, proposing_round)
        return [
            make_proposal(proposing_round, "Eka", state="proceeds", cost=700),
            make_proposal(proposing_round, "Toka", state="proceeds", cost=300),
            make_proposal(proposing_round, "Kolmas"),
        ]

    def path(self, round, ids: str = "") -> str:
        return f"/osbu/suosikit/{round.slug}/" + (f"?ids={ids}" if ids else "")

    def test_is_a_form_of_ticks_that_works_without_a_script(self, picked, client, proposing_round):
        content = client.get("/").content.decode()
        assert len(re.findall(rf'name="ids" value="\d+" form="{P}-picks"', content)) == 3
        assert f'action="{self.path(proposing_round)}"' in content
        answer = client.get(f"{self.path(proposing_round)}?ids={picked[1].pk}&ids={picked[0].pk}")
        assert titles(answer.content) == ["Toka", "Eka"]
        assert "1\u00a0000\u00a0€" in answer.content.decode()
        assert f"ids={picked[1].pk}-{picked[0].pk}" in answer.content.decode()

    def test_goes_along_through_the_gallery(self, picked, client, proposing_round):
        content = client.get(f"/?ids={picked[0].pk}-{picked[2].pk}&{P}-q=eka").content.decode()
        assert re.search(rf'value="{picked[0].pk}" form="{P}-picks" checked', content)
        assert f'<input type="hidden" name="ids" value="{picked[2].pk}">' in content

    def test_shows_only_what_is_public_in_this_round(self, picked, client, proposing_round, make_round, make_proposal):
        draft = make_proposal(proposing_round, "Luonnos", live=False)
        other = make_proposal(make_round(), "Muualla")
        ids = f"{draft.pk}-{other.pk}-{picked[0].pk}"
        content = client.get(self.path(proposing_round, ids)).content
        assert titles(content) == ["Eka"]
        assert re.search(rf'readonly value="[^"]*\?ids={picked[0].pk}"', content.decode())

    def test_a_proposal_is_gone_from_it_as_soon_as_it_is_unpublished(self, picked, client, proposing_round):
        path = self.path(proposing_round, str(picked[0].pk))
        assert titles(client.get(path).content) == ["Eka"]
        picked[0].unpublish()
        assert titles(client.get(path).content) == []

    def test_of_a_round_that_is_not_public_is_not_found(self, picked, client, proposing_round):
        proposing_round.unpublish()
        assert client.get(self.path(proposing_round, str(picked[0].pk))).status_code == 404

    def test_empty_says_how_to_begin(self, picked, client, proposing_round):
        assert "ei ole vielä suosikkeja" in client.get(self.path(proposing_round)).content.decode()

    @pytest.mark.parametrize("ids", ["-1", "%00", "%ED%A0%80", "9" * 3000, "1-" * 5000, "<script>", "²", "1&ids=2"])
    def test_nothing_in_the_address_breaks_it(self, picked, client, proposing_round, ids):
        assert client.get(self.path(proposing_round, ids)).status_code == 200

    def test_takes_as_many_queries_for_forty_as_for_one(self, home_page, proposing_round, theme, client):
        fill(proposing_round, theme, 60)
        pks = list(proposing_round.proposals.values_list("pk", flat=True))

        def measured(ids: list[int]) -> int:
            path = self.path(proposing_round, "-".join(map(str, ids))) + "&x=" + "y" * 320
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                assert len(titles(client.get(path).content)) == min(len(ids), MAX_ITEMS)
            return len(queries)

        assert measured(pks[:1]) == measured(pks) <= 12

    def test_numbers_are_read_once_each_and_forty_at_most(self):
        assert parse_ids(["3-1", "3", "x2y"]) == [3, 1, 2]
        assert len(parse_ids(["-".join(map(str, range(1, 100)))])) == MAX_ITEMS


def test_a_card_tells_how_many_support_it(home_page, proposing_round, make_proposal, client):
    proposal = make_proposal(proposing_round, "Suosittu")
    make_proposal(proposing_round, "Uusi")
    ProposalSupport.objects.bulk_create(ProposalSupport(proposal=proposal, person_hash=f"h{n}") for n in range(2))
    show(home_page, proposing_round)
    assert client.get("/").content.decode().count("kannatusta</li>") == 1
