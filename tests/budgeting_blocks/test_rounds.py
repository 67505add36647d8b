"""Rounds: drafts, what the freeze of the rules holds, the block's checks, and how long contacts are kept."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.blocks.struct_block import StructBlockValidationError

from budgeting_blocks.blocks import ProposalGalleryBlock
from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.models import ProposalContact, Round
from budgeting_blocks.services.proposals import purge_contacts
from cms.common.retention import policies
from tests.budgeting_blocks.conftest import freeze


def value(block: ProposalGalleryBlock, round: Round | None):
    return block.to_python(
        {"heading": "", "round": round.pk if round else None, "page_size": "12", "proposing": "link"}
    )


class TestBlock:
    def test_takes_a_published_round(self, proposing_round):
        block = ProposalGalleryBlock()
        assert block.clean(value(block, proposing_round))["round"] == proposing_round

    def test_tells_the_editor_beside_the_field_that_the_round_is_a_draft(self, make_round):
        block, round = ProposalGalleryBlock(), make_round(publish=False)
        with pytest.raises(StructBlockValidationError) as error:
            block.clean(value(block, round))
        assert "ei ole julkaistu" in str(error.value.block_errors["round"])

    def test_lets_a_draft_of_the_page_point_to_a_draft(self, make_round):
        block = ProposalGalleryBlock()
        assert block.clean_deferred(value(block, make_round(publish=False)))

    def test_tells_the_editor_that_the_round_is_gone(self, proposing_round):
        block = ProposalGalleryBlock()
        proposing_round.delete()
        with pytest.raises(StructBlockValidationError) as error:
            block.clean(value(block, proposing_round))
        assert "round" in error.value.block_errors

    def test_has_a_preview_with_and_without_a_round(self, rf, make_round, make_proposal):
        block = ProposalGalleryBlock()
        examples = block.render(block.get_preview_value(), {"request": rf.get("/")})
        assert "Penkkejä rantareitille" in examples
        make_proposal(make_round(), "Oikea ehdotus")
        assert "Oikea ehdotus" in block.render(block.get_preview_value(), {"request": rf.get("/")})


class TestFrozen:
    def test_an_old_draft_takes_no_money_back_once_the_rules_are_frozen(self, make_round):
        round = make_round(Kind.VOTING)
        freeze(round)
        round.budget = 99
        draft = round.save_revision()
        round.refresh_from_db()
        draft.publish()
        assert Round.objects.get(pk=round.pk).budget == 20_000

    def test_before_that_the_money_changes(self, make_round):
        round = make_round(Kind.SCREENING)
        round.budget = 99
        round.save_revision().publish()
        assert Round.objects.get(pk=round.pk).budget == 99

    def test_a_scheduled_draft_moves_the_opening_no_more_but_may_move_the_end_ahead(self, make_round):
        round = make_round(Kind.VOTING)
        freeze(round)
        window, now = round.schedule.window(Kind.VOTING), timezone.now()
        for change, end in (
            ({"opens_at": now - timedelta(days=1)}, window.closes_at),
            ({"closes_at": now - timedelta(hours=1)}, window.closes_at),
            ({"closes_at": now + timedelta(days=30)}, now + timedelta(days=30)),
        ):
            draft = Round.objects.get(pk=round.pk)
            phases = list(draft.phases.all())
            for phase in phases:
                if phase.kind == Kind.VOTING:
                    vars(phase).update(change)
            draft.phases = phases
            draft.save_revision().publish()
            kept = Round.objects.get(pk=round.pk).schedule.window(Kind.VOTING)
            assert (kept.opens_at, kept.closes_at) == (window.opens_at, end)
        assert len(Round.objects.get(pk=round.pk).schedule.windows) == 3

    def edit(self, client, round: Round, **changes):
        form = {
            "title": round.title,
            "slug": round.slug,
            "introduction": "",
            "budget": round.budget,
            "action-publish": "1",
        }
        phases = list(round.phases.all())
        form |= {
            "phases-TOTAL_FORMS": len(phases),
            "phases-INITIAL_FORMS": len(phases),
            "phases-MIN_NUM_FORMS": 0,
            "phases-MAX_NUM_FORMS": 3,
        }
        for name in ("pots", "criteria"):
            form |= {f"{name}-TOTAL_FORMS": 0, f"{name}-INITIAL_FORMS": 0}
        for n, phase in enumerate(phases):
            form |= {
                f"phases-{n}-id": phase.pk,
                f"phases-{n}-kind": phase.kind,
                f"phases-{n}-opens_at": timezone.localtime(phase.opens_at).isoformat(" ")[:26],
                f"phases-{n}-closes_at": timezone.localtime(phase.closes_at).isoformat(" ")[:26],
            }
        url = reverse("wagtailsnippets_budgeting_blocks_round:edit", args=[round.pk])
        return client.post(url, form | changes)

    def test_the_editor_is_told_at_the_money_that_it_stands(self, client, coordinator, make_round):
        round = make_round(Kind.VOTING)
        freeze(round)
        client.force_login(coordinator)
        response = self.edit(client, round, budget=50_000)
        assert "Säännöt on vahvistettu" in str(response.context["form"].errors["budget"])

    def test_the_editor_may_still_mend_a_word_and_move_the_end(self, client, coordinator, make_round):
        round = make_round(Kind.VOTING)
        freeze(round)
        client.force_login(coordinator)
        later = (timezone.localtime() + timedelta(days=20)).isoformat(" ")[:19]
        voting = [phase.kind for phase in round.phases.all()].index("voting")
        response = self.edit(client, round, introduction="Uusi", **{f"phases-{voting}-closes_at": later})
        assert response.status_code == 302, response.context["form"].errors
        round.refresh_from_db()
        assert round.introduction == "Uusi"
        assert round.schedule.window(Kind.VOTING).closes_at > timezone.now() + timedelta(days=19)

    def test_the_editor_cannot_end_the_vote_in_the_past(self, client, coordinator, make_round):
        round = make_round(Kind.VOTING)
        freeze(round)
        client.force_login(coordinator)
        earlier = (timezone.localtime() - timedelta(hours=1)).isoformat(" ")[:19]
        voting = [phase.kind for phase in round.phases.all()].index("voting")
        response = self.edit(client, round, **{f"phases-{voting}-closes_at": earlier})
        assert "Äänestys on käynnissä" in str(response.context["form"].errors)


class TestRetention:
    def test_contacts_go_on_their_day_and_the_proposal_stays(self, proposing_round, make_proposal, settings):
        settings.PROPOSAL_CONTACT_DAYS = 540
        now = timezone.now()
        for n, days in enumerate((541, 539)):
            ProposalContact.objects.create(
                proposal=make_proposal(proposing_round, f"Ehdotus {n}"),
                email=f"a{n}@example.com",
                follow_hash=str(n),
                created_at=now - timedelta(days=days),
            )
        assert purge_contacts(now) == 1
        assert [contact.email for contact in ProposalContact.objects.all()] == ["a1@example.com"]
        assert proposing_round.proposals.count() == 2

    def test_the_policy_is_known_to_the_nightly_command(self):
        assert any(policy.name == "budgeting_blocks.contacts" for policy in policies())
