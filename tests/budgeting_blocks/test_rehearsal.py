"""A rehearsal: everything happens as in the real round, nobody else notices, and nothing is left of it."""

import pytest
from django.apps import apps
from django.core import mail
from django.urls import reverse

from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.models import Ballot, IdentificationMeans, Pot, Proposal, Round, RoundResult, RuleSheet
from budgeting_blocks.services.rehearsal import RehearsalRefused, discard_rehearsal, rehearse_round


@pytest.fixture
def real(make_round, make_proposal) -> Round:
    round = make_round(Kind.SCREENING)
    pots = [
        Pot.objects.create(round=round, name=name, slug=name.lower(), budget=10_000) for name in ("Kaupunki", "Kylat")
    ]
    for number, pot in enumerate(pots, start=1):
        item = make_proposal(round, f"Ehdotus {number}", state="proceeds", cost=1000 * number)
        item.screening.pot = pot
        item.screening.save()
    sheet = RuleSheet.objects.create(round=round)
    for kind in ("code", "mail", "class"):
        IdentificationMeans.objects.create(sheet=sheet, kind=kind, strength="medium")
    return round


def _rows() -> dict[str, int]:
    models = apps.get_app_config("budgeting_blocks").get_models()
    return {model.__name__: model._base_manager.count() for model in models}


def test_made_up_residents_propose_and_vote_by_every_means_and_the_votes_are_counted(real, coordinator):
    done = rehearse_round(round=real, user=coordinator, voters=15)
    assert done.ballots == Ballot.objects.filter(round=done.round).count() == 15
    assert done.refused == 3
    assert Proposal.objects.filter(round=done.round).count() == 5
    assert RoundResult.objects.get(round=done.round).lines.filter(votes__gt=0).exists()
    assert not Ballot.objects.filter(round=real).exists()


def test_nobody_hears_of_a_rehearsal(real, coordinator, client, django_capture_on_commit_callbacks, monkeypatch):
    # The test is one transaction, in which SQLite's log cannot be cut.
    monkeypatch.setattr("budgeting_blocks.services.boxes._drop_old_pages", lambda: None)
    with django_capture_on_commit_callbacks(execute=True):
        done = rehearse_round(round=real, user=coordinator, voters=3)
    assert mail.outbox == []
    assert not done.round.live
    item = Proposal.objects.filter(round=done.round).first()
    for address in (
        reverse("budgeting:propose", args=[done.round.slug]),
        reverse("budgeting:vote_review", args=[done.round.slug]),
        reverse("budgeting:proposal_short", args=[item.pk]),
    ):
        assert client.get(address).status_code == 404


def test_nothing_is_left_of_a_rehearsal_that_is_thrown_away(real, coordinator):
    before = _rows()
    done = rehearse_round(round=real, user=coordinator, voters=5)
    assert _rows() != before
    discard_rehearsal(rehearsal=done.round, user=coordinator)
    assert _rows() == before


def test_a_new_rehearsal_takes_the_place_of_the_old_one(real, coordinator):
    rehearse_round(round=real, user=coordinator, voters=3)
    rehearse_round(round=real, user=coordinator, voters=3)
    assert Round.objects.filter(rehearsal_of=real).count() == 1


def test_a_real_round_is_never_thrown_away(real, coordinator):
    with pytest.raises(RehearsalRefused):
        discard_rehearsal(rehearsal=real, user=coordinator)
    assert Round.objects.filter(pk=real.pk).exists()


def test_those_who_may_not_freeze_rules_may_not_rehearse(real, moderator):
    with pytest.raises(RehearsalRefused):
        rehearse_round(round=real, user=moderator)
