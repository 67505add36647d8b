"""What opens a vote, and what may change afterwards: phases × roles, in the service and in the admin."""

import hashlib
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from budgeting_blocks.domain.freezing import Correction
from budgeting_blocks.domain.phases import Kind, Window
from budgeting_blocks.models import IdentificationMeans, Pot, Round, RuleSheet, RuleVersion
from budgeting_blocks.permissions import can_change_voting_time
from budgeting_blocks.selectors.opening import opening_checklist, undone
from budgeting_blocks.selectors.rule_words import rule_lines
from budgeting_blocks.selectors.rules import rules_in_force, withdrawn_items
from budgeting_blocks.services.freezing import FreezeRefused, correct_rules, freeze_rules
from budgeting_blocks.services.rehearsal import rehearse_round
from budgeting_blocks.services.voting import VotingClosed

CONSOLE = "django.core.mail.backends.console.EmailBackend"


@pytest.fixture
def ready(make_round, make_proposal, coordinator) -> Round:
    """A round for which all is done, voting ahead."""
    round = make_round(Kind.SCREENING)
    for number in (1, 2, 3):
        make_proposal(round, f"Ehdotus {number}", state="proceeds", cost=1000 * number)
    sheet = RuleSheet.objects.create(
        round=round, decision_body="Kaupunginhallitus", decision_date=timezone.localdate(), decision_section="§ 12"
    )
    IdentificationMeans.objects.create(sheet=sheet, kind="code", strength="medium")
    rehearse_round(round=round, user=coordinator, voters=2)
    return round


def _undone(round: Round) -> list[str]:
    return [check.key for check in opening_checklist(round, timezone.now()) if not check.done]


class TestChecklist:
    def test_everything_done_leaves_nothing(self, ready):
        assert _undone(ready) == []

    def test_a_fresh_round_lacks_its_sheet_decision_items_and_rehearsal(self, make_round):
        assert _undone(make_round(Kind.SCREENING)) == ["sheet", "decision", "items", "rehearsal"]

    def test_pots_must_add_up_to_the_money_and_hold_every_item(self, ready):
        Pot.objects.create(round=ready, name="Kaupunki", slug="kaupunki", budget=5000)
        assert _undone(ready) == ["money", "items", "rehearsal"]

    def test_what_waits_for_screening_blocks(self, ready, make_proposal):
        make_proposal(ready, "Arvioimaton", state="under_assessment")
        assert _undone(ready) == ["screening"]

    def test_an_item_dearer_than_all_the_money_blocks(self, ready, make_proposal):
        make_proposal(ready, "Uimahalli", state="proceeds", cost=90_000)
        assert _undone(ready) == ["items", "rehearsal"]

    def test_a_voting_time_that_has_gone_by_blocks(self, ready):
        ready.phases.filter(kind="voting").update(
            opens_at=timezone.now() - timedelta(days=3), closes_at=timezone.now() - timedelta(days=1)
        )
        assert _undone(ready) == ["dates"]

    def test_a_late_freeze_moves_the_vote_to_times_ahead_first(self, ready, coordinator):
        now = timezone.now()
        ready.phases.filter(kind="voting").update(opens_at=now - timedelta(days=3), closes_at=now - timedelta(days=1))
        wanted = [Window(Kind.VOTING, now + timedelta(days=1), now + timedelta(days=9))]
        assert can_change_voting_time(ready, wanted, now)
        ready.phases.filter(kind="voting").update(opens_at=wanted[0].opens_at, closes_at=wanted[0].closes_at)
        assert freeze_rules(round=ready, user=coordinator)

    @pytest.mark.parametrize(
        ("kind", "changes", "hint"),
        [
            ("oidc", {"OIDC_ISSUER": ""}, "OIDC_ISSUER"),
            ("oidc", {"OIDC_ISSUER": "https://tunnistus.example"}, ""),
            ("mail", {"EMAIL_BACKEND": CONSOLE, "DEMO_ACCOUNTS_ALLOWED": False}, "EMAIL_URL"),
            ("mail", {"EMAIL_BACKEND": CONSOLE}, ""),
            ("mail", {}, ""),
            ("class", {}, ""),
        ],
    )
    def test_only_a_means_that_cannot_work_blocks(self, vote_unfrozen, settings, kind, changes, hint):
        sheet = RuleSheet.objects.create(round=vote_unfrozen.round)
        IdentificationMeans.objects.create(sheet=sheet, kind=kind, strength="strong")
        for name, value in changes.items():
            setattr(settings, name, value)
        [check] = [each for each in opening_checklist(vote_unfrozen.round, timezone.now()) if each.key == "means"]
        assert check.done is not bool(hint)
        assert hint in check.hint

    @pytest.mark.parametrize(
        ("kinds", "once"),
        [
            (["code"], True),
            (["desk", "oidc"], True),
            (["mail", "oidc"], False),
            (["code", "desk"], False),
            (["class"], False),
        ],
    )
    def test_means_that_do_not_know_one_person_are_told_to_staff_and_residents(self, vote_unfrozen, kinds, once):
        sheet = RuleSheet.objects.create(round=vote_unfrozen.round)
        for kind in kinds:
            IdentificationMeans.objects.create(sheet=sheet, kind=kind, strength="strong")
        [check] = [each for each in opening_checklist(vote_unfrozen.round, timezone.now()) if each.key == "means"]
        assert bool(check.warning) is not once
        words = " ".join(line.text for line in rule_lines(rules_in_force(vote_unfrozen.round)))
        assert ("Jokainen äänestää vain kerran" in words) is once


class TestFreezing:
    def test_freezing_publishes_rules_money_and_items_with_their_fingerprint(self, ready, coordinator, client):
        version = freeze_rules(round=ready, user=coordinator)
        assert len(rules_in_force(ready).items) == 3
        page = client.get(reverse("budgeting:rules", args=[ready.slug])).content.decode()
        assert version.fingerprint in page
        document = client.get(reverse("budgeting:rules_document", args=[ready.slug, 1]))
        assert hashlib.sha256(document.content).hexdigest() == version.fingerprint

    def test_an_undone_checklist_refuses_and_says_what_is_missing(self, ready, coordinator, make_proposal):
        make_proposal(ready, "Arvioimaton", state="under_assessment")
        with pytest.raises(FreezeRefused, match="Arviointi"):
            freeze_rules(round=ready, user=coordinator)
        assert not RuleVersion.objects.filter(round=ready).exists()

    def test_it_happens_once(self, ready, coordinator):
        freeze_rules(round=ready, user=coordinator)
        with pytest.raises(FreezeRefused):
            freeze_rules(round=ready, user=coordinator)

    def test_moderators_may_not(self, ready, moderator):
        with pytest.raises(FreezeRefused):
            freeze_rules(round=ready, user=moderator)

    def test_nobody_votes_before_the_rules_are_frozen(self, vote_unfrozen):
        with pytest.raises(VotingClosed, match="vahvistettu"):
            vote_unfrozen.cast(vote_unfrozen.bench)

    def test_a_lot_needs_a_seed_and_only_its_hash_is_kept(self, ready, coordinator):
        RuleSheet.objects.filter(round=ready).update(tie_rule="lot")
        rehearse_round(round=ready, user=coordinator, voters=2)
        with pytest.raises(FreezeRefused) as refused:
            freeze_rules(round=ready, user=coordinator, lot_seed="lyhyt")
        assert refused.value.field == "lot_seed"
        freeze_rules(round=ready, user=coordinator, lot_seed="kolme kuivaa mäntyä")
        rules = rules_in_force(ready).rules
        assert rules.lot_commitment == hashlib.sha256("kolme kuivaa mäntyä".encode()).hexdigest()

    def test_the_frozen_texts_of_items_cannot_be_edited(self, ready, coordinator):
        item = ready.proposals.first()
        assert item.get_lock() is None
        freeze_rules(round=ready, user=coordinator)
        assert ready.proposals.first().get_lock() is not None


class TestCorrecting:
    def test_a_correction_needs_a_reason(self, ready, coordinator):
        freeze_rules(round=ready, user=coordinator)
        with pytest.raises(FreezeRefused) as refused:
            correct_rules(round=ready, user=coordinator, reason=" ", correction=Correction(money={0: 30_000}))
        assert refused.value.field == "reason"

    def test_it_makes_the_next_version_and_shows_its_reason(self, ready, coordinator, client):
        freeze_rules(round=ready, user=coordinator)
        gone, dearer, _same = sorted(rules_in_force(ready).items)
        correct_rules(
            round=ready,
            user=coordinator,
            reason="Alue myytiin.",
            correction=Correction(withdrawn=frozenset({gone}), costs={dearer: 4500}),
        )
        frozen = rules_in_force(ready)
        assert frozen.number == 2
        assert gone not in frozen.items
        assert frozen.items[dearer].cost == 4500
        assert withdrawn_items(ready) == {gone}
        assert "Alue myytiin." in client.get(reverse("budgeting:rules", args=[ready.slug])).content.decode()

    def test_the_last_item_stays(self, ready, coordinator):
        freeze_rules(round=ready, user=coordinator)
        with pytest.raises(FreezeRefused):
            correct_rules(
                round=ready,
                user=coordinator,
                reason="Kaikki pois.",
                correction=Correction(withdrawn=frozenset(rules_in_force(ready).items)),
            )

    @pytest.mark.parametrize("correction", [Correction(), Correction(costs={10**9: 5}), Correction(money={7: 5})])
    def test_a_correction_of_nothing_is_refused(self, ready, coordinator, correction):
        freeze_rules(round=ready, user=coordinator)
        with pytest.raises(FreezeRefused):
            correct_rules(round=ready, user=coordinator, reason="Syy", correction=correction)
        assert RuleVersion.objects.filter(round=ready).count() == 1

    def test_after_the_first_vote_the_ballot_looks_as_it_looked(self, vote, coordinator):
        vote.cast(vote.bench)
        with pytest.raises(FreezeRefused, match="Ääniä on jo annettu"):
            correct_rules(
                round=vote.round, user=coordinator, reason="Syy", correction=Correction(rules={"max_choices": 2})
            )


class TestAdmin:
    def test_the_coordinator_fills_in_rehearses_and_freezes(self, make_round, make_proposal, coordinator, client):
        round = make_round(Kind.SCREENING)
        make_proposal(round, "Ehdotus", state="proceeds", cost=1000)
        client.force_login(coordinator)
        page = client.get(reverse("budgeting_rules:edit", args=[round.pk]))
        data = {
            name: value
            for name, value in page.context["form"].initial.items()
            if value is not None and value is not False
        }
        data |= {"means_code": "medium", "decision_body": "Kaupunginhallitus", "decision_date": "2026-11-02"}
        answer = client.post(reverse("budgeting_rules:edit", args=[round.pk]), data)
        assert answer.status_code == 302, answer.context["form"].errors
        assert RuleSheet.objects.get(round=round).means.count() == 1
        client.post(reverse("budgeting_rules:rehearse", args=[round.pk]), {"voters": 3})
        overview = client.get(reverse("budgeting_rules:overview", args=[round.pk])).content.decode()
        assert "Harjoitusehdotus 1" in overview
        client.post(reverse("budgeting_rules:freeze", args=[round.pk]))
        assert RuleVersion.objects.get(round=round).number == 1
        client.post(reverse("budgeting_rules:discard", args=[round.pk]))
        assert Round.objects.filter(rehearsal_of=round).count() == 0

    def test_a_refused_rule_sheet_says_why_beside_the_form(self, ready, coordinator, client):
        client.force_login(coordinator)
        answer = client.post(
            reverse("budgeting_rules:edit", args=[ready.pk]), {"ballot_kind": "approval", "min_choices": 1}
        )
        assert answer.status_code == 200
        assert RuleSheet.objects.get(round=ready).ballot_kind == "knapsack"

    def test_the_correction_form_publishes(self, ready, coordinator, client):
        freeze_rules(round=ready, user=coordinator)
        client.force_login(coordinator)
        url = reverse("budgeting_rules:correct", args=[ready.pk])
        item = min(rules_in_force(ready).items)
        data = {"reason": "Hinta nousi", "priced": item, "cost": 7000, "tie_rule": "cheaper", "leftover": "returns"}
        answer = client.post(url, data | {"threshold": 0})
        assert answer.status_code == 302, answer.context["form"].errors
        assert rules_in_force(ready).items[item].cost == 7000

    @pytest.mark.parametrize("name", ["index", "overview", "edit", "freeze", "correct", "rehearse", "discard"])
    def test_moderators_see_none_of_it(self, ready, moderator, client, name):
        client.force_login(moderator)
        args = [] if name == "index" else [ready.pk]
        answer = client.post(reverse(f"budgeting_rules:{name}", args=args))
        assert answer.status_code in (302, 403)
        assert undone(opening_checklist(ready, timezone.now())) == []
        assert not RuleVersion.objects.filter(round=ready).exists()
