"""A proposal's own public page, and that nothing unpublished is to be seen."""

import pytest

from budgeting_blocks.models import Proposal


def test_shows_what_residents_need(client, proposing_round, make_proposal, area):
    proposal = make_proposal(
        proposing_round,
        "Katos pysäkille",
        state="proceeds",
        cost=12_000,
        area=area,
        place="Hämeenkatu",
        description="Ensimmäinen\n\nToinen",
    )
    content = client.get(proposal.get_absolute_url()).content.decode()
    for text in ("Katos pysäkille", "Etenee äänestykseen", "Liikunta", "Kytäjä", "Hämeenkatu", "12\u00a0000\u00a0€"):
        assert text in content
    assert "<p>Ensimmäinen</p>" in content
    assert "Toteutettavissa." in content


def test_leads_back_to_the_page_that_shows_the_round(client, home_page, proposing_round, make_proposal):
    proposal = make_proposal(proposing_round, "Katos")
    assert "Takaisin sivulle" not in client.get(proposal.get_absolute_url()).content.decode()
    block = {"heading": "", "round": proposing_round.pk, "page_size": "12", "proposing": "none"}
    home_page.body = [{"type": "proposal_gallery", "value": block}]
    home_page.save_revision().publish()
    assert f"Takaisin sivulle {home_page.title}" in client.get(proposal.get_absolute_url()).content.decode()


def test_a_wrong_slug_leads_to_the_right_address(client, proposing_round, make_proposal):
    proposal = make_proposal(proposing_round, "Katos pysäkille")
    response = client.get(f"/osbu/ehdotukset/{proposal.pk}-vanha-nimi/")
    assert (response.status_code, response["Location"]) == (301, f"/osbu/ehdotukset/{proposal.pk}-katos-pysakille/")
    assert client.get(f"/osbu/ehdotukset/{proposal.pk}/").status_code == 302


@pytest.mark.parametrize("title", ["日本", "…", "<b>"])
def test_any_title_has_an_address(client, proposing_round, make_proposal, title):
    assert client.get(make_proposal(proposing_round, title).get_absolute_url()).status_code == 200


def test_script_is_text_everywhere(client, proposing_round, make_proposal):
    evil = "<script>alert(1)</script>"
    proposal = make_proposal(
        proposing_round, evil, summary=evil, description=evil, place='" onclick="alert(1)', state="proceeds"
    )
    content = client.get(proposal.get_absolute_url()).content.decode()
    assert "<script>alert" not in content
    assert 'onclick="alert' not in content


class TestNotFound:
    def test_a_proposal_in_moderation(self, client, proposing_round, make_proposal):
        proposal = make_proposal(proposing_round, live=False)
        assert client.get(proposal.get_absolute_url()).status_code == 404
        assert client.get(f"/osbu/ehdotukset/{proposal.pk}-x/").status_code == 404

    def test_an_unpublished_one_at_once_also_from_the_cache(self, client, proposing_round, make_proposal):
        proposal = make_proposal(proposing_round)
        proposal.save_revision().publish()
        assert client.get(proposal.get_absolute_url()).status_code == 200
        assert client.get(proposal.get_absolute_url())["X-Page-Cache"] == "hit"
        Proposal.objects.get(pk=proposal.pk).unpublish()
        assert client.get(proposal.get_absolute_url()).status_code == 404

    def test_one_whose_round_is_unpublished(self, client, proposing_round, make_proposal):
        proposal = make_proposal(proposing_round)
        proposing_round.unpublish()
        assert client.get(proposal.get_absolute_url()).status_code == 404

    def test_signed_in_staff_too(self, client, coordinator, proposing_round, make_proposal):
        client.force_login(coordinator)
        assert client.get(make_proposal(proposing_round, live=False).get_absolute_url()).status_code == 404

    @pytest.mark.parametrize("pk", ["0", "9" * 30, "9" * 5000])
    def test_a_number_that_no_proposal_has(self, client, db, pk):
        assert client.get(f"/osbu/ehdotukset/{pk}-x/").status_code == 404

    def test_a_draft_change_of_a_published_one(self, client, proposing_round, make_proposal):
        proposal = make_proposal(proposing_round, "Julkinen nimi")
        proposal.save_revision().publish()
        proposal.title = "Salainen luonnos"
        proposal.save_revision()
        content = client.get(f"/osbu/ehdotukset/{proposal.pk}-julkinen-nimi/").content.decode()
        assert "Salainen luonnos" not in content


@pytest.mark.parametrize("path", ["/haku/?q=valaistu", "/sitemap.xml"])
def test_neither_search_nor_site_map_names_what_is_not_public(
    client, home_page, proposing_round, make_round, make_proposal, path
):
    make_proposal(proposing_round, "Valaistu polku")
    make_proposal(proposing_round, "Valaistu salaisuus", live=False)
    taken_off = make_round()
    make_proposal(taken_off, "Valaistu poistettu")
    taken_off.unpublish()
    content = client.get(path).content.decode()
    assert "valaistu-polku" in content
    assert "salaisuus" not in content
    assert "poistettu" not in content


def test_search_among_the_public_ones_finds_no_draft(proposing_round, make_round, make_proposal):
    shown = make_proposal(proposing_round, "Valaistu polku")
    make_proposal(proposing_round, "Valaistu salaisuus", live=False)
    hidden_round = make_round(publish=False)
    make_proposal(hidden_round, "Valaistu luonnoskierros")
    from wagtail.search.backends import get_search_backend

    found = get_search_backend().search("valaistu", Proposal.objects.public())
    assert list(found) == [shown]
