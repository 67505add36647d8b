"""Proposals like the one being written: by the parts of words, which Finnish inflection leaves alone."""

import random
import time

import pytest
from django.core.cache import caches
from django.test import Client

from budgeting_blocks.domain.similarity import SimilarityIndex, Text, shared_words
from budgeting_blocks.models import Proposal
from budgeting_blocks.selectors import similar
from budgeting_blocks.selectors.similar import similar_proposals
from budgeting_blocks.views import drafting

TEXTS = [
    ("Penkki rantaan", "Istuin, jolta näkee veden."),
    ("Koirapuisto Paavolaan", "Aidattu alue, jossa koirat saavat juosta vapaana."),
    ("Grillipaikka Suolijärvelle", "Katettu paikka makkaranpaistoon."),
    ("Valaistus pururadalle", "Led-valot kuntopolun varteen."),
    ("Ulkokuntosali", "Kuntoilulaitteita Sveitsin alueelle."),
    ("Leikkipuisto Metsäkaltevaan", "Keinut ja kiipeilyteline lapsille."),
    ("Pyörätelineitä keskustaan", "Telineet, joihin pyörän voi lukita rungosta."),
    ("Uimalaituri Sääksjärveen", "Laituri ja tikkaat uimareille."),
]


@pytest.fixture(scope="module")
def index() -> SimilarityIndex:
    return SimilarityIndex(Text(key, *text) for key, text in enumerate(TEXTS))


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Penkkejä rannalle", "Penkki rantaan"),
        ("Lisää penkeille tilaa", "Penkki rantaan"),
        ("PENKKI", "Penkki rantaan"),
        ("Koirapuistoon aita", "Koirapuisto Paavolaan"),
        ("Koirapuistoja lisää", "Koirapuisto Paavolaan"),
        ("Uimalaiturille tikkaat", "Uimalaituri Sääksjärveen"),
        ("Pyörätelineet asemalle", "Pyörätelineitä keskustaan"),
        ("Grillipaikkoja rantaan", "Grillipaikka Suolijärvelle"),
        ("Valoja kuntopolulle", "Valaistus pururadalle"),
    ],
)
def test_an_inflected_word_finds_the_proposal(index, written, found):
    assert TEXTS[index.most_alike(written)[0]][0] == found


@pytest.mark.parametrize("written", ["", "a", "??", "Bussipysäkille katos", "\ud800", "Wlan-verkko"])
def test_what_nobody_has_proposed_finds_nothing(index, written):
    assert index.most_alike(written) == []


def test_a_summary_finds_what_another_title_hides(index):
    found = index.most_alike("Oma aitaus koirille", "Aidattu koirapuisto Hyvinkäänkylään")
    assert TEXTS[found[0]][0] == "Koirapuisto Paavolaan"


def test_an_endless_text_costs_no_more_than_a_long_one(index):
    started = time.perf_counter()
    index.most_alike("penkki " * 100_000, "x" * 1_000_000)
    assert time.perf_counter() - started < 1


def test_two_thousand_proposals_are_searched_within_a_twentieth_of_a_second():
    chance = random.Random(1)
    words = [word for text in TEXTS for word in " ".join(text).split()]

    def word() -> str:
        base = chance.choice(words)
        return (
            base + chance.choice(["n", "ssa", "lle"])
            if chance.random() < 0.5
            else "".join(chance.sample(base, len(base)))
        )

    texts = [Text(key, " ".join(word() for _ in range(5)), " ".join(word() for _ in range(25))) for key in range(2000)]
    index = SimilarityIndex(texts)
    times = []
    for text in chance.sample(texts, 20):
        started = time.process_time()
        assert index.most_alike(text.title, text.summary)[0] == text.key
        times.append(time.process_time() - started)
    assert sorted(times)[10] < 0.05


class TestRound:
    @pytest.fixture(autouse=True)
    def no_earlier_attempts(self, db):
        caches["shared"].clear()
        similar._index.cache_clear()  # numbers of records come again after a rollback

    def ask(self, browser: Client, round, **text: str):
        return browser.post(f"/osbu/ehdota/{round.slug}/samankaltaiset/", text)

    def test_the_answer_names_published_proposals_of_this_round_with_the_way_to_support(
        self, browser, proposing_round, make_round, make_proposal
    ):
        shown = make_proposal(proposing_round, "Penkki rantaan")
        make_proposal(proposing_round, "Penkkejä torille", live=False)
        make_proposal(make_round(), "Penkki asemalle")
        rows = self.ask(browser, proposing_round, title="Penkkejä").json()["proposals"]
        assert [row["title"] for row in rows] == ["Penkki rantaan"]
        assert rows[0]["url"] == shown.get_absolute_url()
        assert rows[0]["support"] == f"/osbu/ehdotukset/{shown.pk}/kannata/"

    def test_what_is_hidden_is_gone_from_the_next_answer(self, browser, proposing_round, make_proposal):
        proposal = make_proposal(proposing_round, "Penkki rantaan")
        assert self.ask(browser, proposing_round, title="Penkki").json()["proposals"]
        proposal.unpublish()
        assert self.ask(browser, proposing_round, title="Penkki").json()["proposals"] == []

    def test_a_changed_title_is_found_by_its_new_words(self, proposing_round, make_proposal):
        proposal = make_proposal(proposing_round, "Penkki rantaan")
        assert similar_proposals(proposing_round, "Penkkejä") == [proposal]
        proposal.title = "Uimalaituri"
        proposal.save_revision().publish()
        assert similar_proposals(proposing_round, "Laituri") == [proposal]
        assert similar_proposals(proposing_round, "Penkkejä") == []

    def test_takes_as_many_queries_with_many_proposals(
        self, proposing_round, make_proposal, django_assert_max_num_queries
    ):
        for number in range(30):
            make_proposal(proposing_round, f"Penkki {number}")
        with django_assert_max_num_queries(3):
            found = similar_proposals(proposing_round, "Penkkejä")
            assert [(p.theme.name, p.area) for p in found]
        assert len(found) == 5

    def test_another_site_a_get_and_a_flood_get_nothing(self, browser, proposing_round, make_proposal):
        make_proposal(proposing_round, "Penkki rantaan")
        url = f"/osbu/ehdota/{proposing_round.slug}/samankaltaiset/"
        foreign = Client(headers={"sec-fetch-site": "cross-site"})
        assert foreign.post(url, {"title": "Penkki"}).status_code == 403
        assert browser.get(url).status_code == 405
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(drafting, "LOOKUPS_PER_ADDRESS", 0)
            assert self.ask(browser, proposing_round, title="Penkki").status_code == 429

    def test_a_script_in_a_title_is_data_in_the_answer(self, browser, proposing_round, make_proposal):
        make_proposal(proposing_round, "<script>penkki</script>")
        response = self.ask(browser, proposing_round, title="penkki")
        assert response["Content-Type"] == "application/json"
        assert Proposal.objects.get().title == response.json()["proposals"][0]["title"]


class TestGroupsThatMayBeOne:
    def test_each_is_like_each_in_its_group_and_others_are_in_none(self):
        texts = ["Penkki rantaan", "Penkkejä rannalle", "Koirapuisto Paavolaan", "Paavolaan koirapuisto", "Uimalaituri"]
        index = SimilarityIndex(Text(key, text) for key, text in enumerate(texts))
        assert sorted(index.groups()) == [[0, 1], [2, 3]]

    def test_the_reason_is_words_in_any_form(self):
        assert shared_words(["Penkkejä järven rannalle", "Penkit", "Laituri järveen"]) == ["järven", "penkkejä"]

    def test_six_hundred_and_forty_are_grouped_within_a_second(self):
        chance = random.Random(1)
        parts = [a + b for a in "kplmnrstvh" for b in "aeiouyäö"]
        words = ["".join(chance.sample(parts, 3)) for _word in range(1500)]
        texts = [Text(key, " ".join(chance.sample(words, 4)), " ".join(chance.sample(words, 12))) for key in range(640)]
        began = time.perf_counter()
        SimilarityIndex(texts).groups()
        # Twice what it takes on a slow machine that does other things too.
        assert time.perf_counter() - began < 2
