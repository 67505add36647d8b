"""A rehearsal: everything happens as in the real round, nobody else notices, and nothing is left of it."""

import pytest
from django.apps import apps
from django.core import mail
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.models import (
    Ballot,
    ClassList,
    IdentificationMeans,
    PaperBatch,
    Pot,
    Proposal,
    Round,
    RoundResult,
    RuleSheet,
    RuleVersion,
    Screening,
    VotingRight,
)
from budgeting_blocks.selectors.opening import opening_checklist
from budgeting_blocks.services.rehearsal import RehearsalRefused, discard_rehearsal, rehearse_round
from cms.common.errors import ServiceError
from cms.users.models import User
from cms.users.roles import Role
from tests.budgeting_blocks.conftest import freeze


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
    for kind in ("code", "mail", "oidc", "class", "desk", "paper"):
        IdentificationMeans.objects.create(sheet=sheet, kind=kind, strength="medium")
    return round


@pytest.fixture(autouse=True)
def second_reader(make_staff) -> None:
    """Paper is read by two."""
    make_staff(Role.ADMINISTRATOR)


def _rows() -> dict[str, int]:
    models = apps.get_app_config("budgeting_blocks").get_models()
    return {model.__name__: model._base_manager.count() for model in models}


def test_made_up_residents_propose_and_vote_by_every_means_and_the_votes_are_counted(real, coordinator):
    done = rehearse_round(round=real, user=coordinator, voters=15)
    ballots = Ballot.objects.filter(round=done.round)
    assert done.ballots == ballots.count() == 15
    # Three of thirteen with a code try twice, and one envelope comes twice.
    assert done.refused == 4
    assert Proposal.objects.filter(round=done.round).count() == 5
    assert RoundResult.objects.get(round=done.round).lines.filter(votes__gt=0).exists()
    assert not Ballot.objects.filter(round=real).exists()


def test_every_way_to_vote_is_tried_by_its_own_service(real, coordinator):
    done = rehearse_round(round=real, user=coordinator, voters=24)
    used = VotingRight.objects.filter(round=done.round, used=True)
    assert set(used.values_list("means", flat=True)) == {"code", "mail", "oidc", "class", "desk", "paper"}
    assert ClassList.objects.filter(batch__round=done.round).exists()
    assert PaperBatch.objects.get(round=done.round).good == 4
    assert used.exclude(person_hash=None).count() == 12


def test_a_rehearsal_has_a_voter_for_each_way(real, coordinator):
    with pytest.raises(RehearsalRefused, match="6–"):
        rehearse_round(round=real, user=coordinator, voters=5)


def test_paper_cannot_be_rehearsed_by_one_reader(real, coordinator):
    User.objects.exclude(pk=coordinator.pk).delete()
    with pytest.raises(ServiceError, match="kaksi ihmistä"):
        rehearse_round(round=real, user=coordinator, voters=6)


def test_what_changes_after_the_rehearsal_is_rehearsed_again(real, coordinator):
    def hint() -> str:
        checks = opening_checklist(real, timezone.now())
        return next(check.hint for check in checks if check.key == "rehearsal")

    rehearse_round(round=real, user=coordinator, voters=6)
    assert hint() == ""
    Screening.objects.filter(proposal__round=real).update(cost=777)
    assert "uudelleen" in hint()


def test_frozen_rules_are_rehearsed_no_more_but_the_rehearsal_can_go(real, coordinator):
    done = rehearse_round(round=real, user=coordinator, voters=6)
    freeze(real)
    with pytest.raises(RehearsalRefused, match="vahvistettu"):
        rehearse_round(round=real, user=coordinator, voters=6)
    discard_rehearsal(rehearsal=done.round, user=coordinator)
    assert not Round.objects.filter(rehearsal_of=real).exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_database_lets_a_rehearsal_go_and_no_real_round_become_one(real, coordinator):
    done = rehearse_round(round=real, user=coordinator, voters=6)
    freeze(real)
    with pytest.raises(DatabaseError), transaction.atomic():
        Round.objects.filter(pk=real.pk).update(live=False, rehearsal_of=done.round)
    with pytest.raises(DatabaseError), transaction.atomic():
        RuleVersion.objects.filter(round=real).delete()
    discard_rehearsal(rehearsal=done.round, user=coordinator)
    assert not Ballot.objects.exists()


def test_nobody_hears_of_a_rehearsal(real, coordinator, client, django_capture_on_commit_callbacks, monkeypatch):
    # The test is one transaction, in which SQLite's log cannot be cut.
    monkeypatch.setattr("budgeting_blocks.services.boxes._drop_old_pages", lambda: None)
    with django_capture_on_commit_callbacks(execute=True):
        done = rehearse_round(round=real, user=coordinator, voters=6)
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
    done = rehearse_round(round=real, user=coordinator, voters=7)
    assert _rows() != before
    discard_rehearsal(rehearsal=done.round, user=coordinator)
    assert _rows() == before


def test_a_new_rehearsal_takes_the_place_of_the_old_one(real, coordinator):
    rehearse_round(round=real, user=coordinator, voters=6)
    rehearse_round(round=real, user=coordinator, voters=6)
    assert Round.objects.filter(rehearsal_of=real).count() == 1


def test_a_real_round_is_never_thrown_away(real, coordinator):
    with pytest.raises(RehearsalRefused):
        discard_rehearsal(rehearsal=real, user=coordinator)
    assert Round.objects.filter(pk=real.pk).exists()


def test_those_who_may_not_freeze_rules_may_not_rehearse(real, moderator):
    with pytest.raises(RehearsalRefused):
        rehearse_round(round=real, user=moderator)


def test_no_block_is_offered_a_rehearsal(real, coordinator, client):
    Round.objects.create(title="HARJOITUS", slug="harjoitus", budget=1, live=False, rehearsal_of=real)
    client.force_login(coordinator)
    chooser = Round.snippet_viewset.chooser_viewset
    for name in ("choose", "choose_results"):
        shown = client.get(reverse(chooser.get_url_name(name))).content.decode()
        assert real.title in shown and "HARJOITUS" not in shown
