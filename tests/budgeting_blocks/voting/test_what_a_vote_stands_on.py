"""What people vote on, and what a result stands on, stays where it is whoever edits it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.models import CodeBatch, Proposal, Round, RoundResult
from budgeting_blocks.selectors.voting import ballot_paper


@pytest.fixture
def edit(client, moderator):
    client.force_login(moderator)

    def post(proposal: Proposal, **changes: object):
        names = ("round_id", "title", "summary", "description", "theme_id")
        data = {name.removesuffix("_id"): getattr(proposal, name) for name in names}
        url = reverse(Proposal.snippet_viewset.get_url_name("edit"), args=[proposal.pk])
        return client.post(url, {**data, "area": "", "place": "", "action-publish": "1", **changes})

    return post


def test_a_chosen_proposal_and_its_round_are_not_deleted_one_by_one_or_in_bulk(client, vote, coordinator):
    client.force_login(coordinator)
    vote.cast(vote.bench)
    vote.close()
    RoundResult.objects.create(round=vote.round, counted_at=timezone.now())
    bulk = reverse("wagtail_bulk_action", args=["budgeting_blocks", "proposal", "delete"])
    for url in (
        reverse(Proposal.snippet_viewset.get_url_name("delete"), args=[vote.bench.pk]),
        reverse(Round.snippet_viewset.get_url_name("delete"), args=[vote.round.pk]),
        f"{bulk}?id={vote.bench.pk}&id={vote.gym.pk}",
    ):
        shown = client.post(url, follow=True)
        assert "muut tiedot tarvitsevat" in shown.content.decode()
    assert Proposal.objects.count() == 3
    assert Round.objects.exists()


def test_a_published_proposal_does_not_move_to_another_rounds_ballot(vote, make_round, edit):
    other = make_round(Kind.VOTING)
    vote.cast(vote.bench)
    vote.close()
    assert "toiselle kierrokselle" in edit(vote.bench, round=other.pk).content.decode()
    assert ballot_paper(other).items == ()


def test_nothing_joins_a_ballot_while_people_vote(vote, make_proposal, edit):
    hidden = make_proposal(vote.round, "Piilossa", state="proceeds", cost=3000)
    Proposal.objects.filter(pk=hidden.pk).update(live=False)
    edit(hidden)
    assert len(ballot_paper(vote.round).items) == 3


def test_a_name_that_looks_like_a_formula_is_text_in_an_exported_register(client, vote, coordinator):
    client.force_login(coordinator)
    CodeBatch.objects.update(label="=HYPERLINK(1)")
    table = client.get(reverse("budgeting_codes_modeladmin_index") + "?export=csv").getvalue().decode()
    assert ",'=HYPERLINK(1)," in table
    assert ",=HYPERLINK" not in table


def test_no_lookup_in_a_registers_address_tells_what_was_voted_for_too_early(client, vote, coordinator):
    client.force_login(coordinator)
    vote.cast(vote.bench)
    index = reverse("budgeting_codes_modeladmin_index")
    for chosen in (vote.bench, vote.swing):
        asked = client.get(f"{index}?round__ballots__choices__proposal={chosen.pk}")
        assert asked.context["result_count"] == 30
    assert client.get(f"{index}?used__exact=0").context["result_count"] == 29
