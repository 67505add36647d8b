"""Putting proposals together: what goes over, who is told, who may object, and the way back."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, ModelLogEntry, Workflow, WorkflowTask

from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.models import (
    DistinctPair,
    MergeObjection,
    Proposal,
    ProposalFollow,
    ProposalMerge,
    ProposalSupport,
    RuleVersion,
)
from budgeting_blocks.permissions import can_delete_record
from budgeting_blocks.selectors.opening import opening_checklist
from budgeting_blocks.selectors.screening import authors_of, visible_screenings
from budgeting_blocks.selectors.similar import likely_same
from budgeting_blocks.services.follow import follow_token
from budgeting_blocks.services.merging import (
    MergeError,
    answer_objection,
    keep_apart,
    merge_proposals,
    purge_objections,
    undo_merge,
)
from budgeting_blocks.services.screening import record_screening
from budgeting_blocks.services.voices import round_person
from cms.users.roles import Role
from tests.budgeting_blocks.conftest import freeze

MERGES, ALIKE = reverse("budgeting_merging:index"), reverse("budgeting_merging:alike")


def desk(title):
    return reverse("budgeting:proposal_follow", args=[follow_token(f"key-{title}")])


def support(proposal, *names):
    for name in names:
        person = round_person(proposal, f"{name}@example.com")
        ProposalSupport.objects.create(proposal=proposal, person_hash=person)
        ProposalFollow.objects.create(
            proposal=proposal, person_hash=person, email=f"{name}@example.com", confirmed_at=timezone.now()
        )


@pytest.fixture
def target(add):
    return add("Penkit rantaan")


@pytest.fixture
def source(add):
    return add("Istuimia uimarannalle")


@pytest.fixture
def merge(source, target, coordinator):
    return merge_proposals(sources=[source], target=target, reason="Sama asia.", user=coordinator)[0]


class TestMerged:
    def test_the_old_address_leads_to_the_new_one_which_shows_the_family(self, browser, source, target, merge):
        old = source.get_absolute_url()
        for address in (old, reverse("budgeting:proposal_short", args=[source.pk])):
            response = browser.get(address)
            assert (response.status_code, response.url) == (301, target.get_absolute_url())
            assert response["Cache-Control"] == "no-cache"
        content = browser.get(target.get_absolute_url()).content.decode()
        assert "Istuimia uimarannalle" in content and "Sama asia." in content

    def test_the_old_one_is_off_every_list(self, source, target, merge, coordinator):
        assert list(Proposal.objects.public()) == [target]
        assert [s.proposal for s in visible_screenings(coordinator)] == [target]
        source.refresh_from_db()
        assert source.get_lock().get_locked_by(coordinator) == "Yhdistetty toiseen"

    def test_a_change_that_waits_for_the_moderators_does_not_bring_it_back(
        self, source, target, coordinator, moderator
    ):
        task = GroupApprovalTask.objects.create(name="Moderaattorin hyväksyntä")
        workflow = Workflow.objects.create(name="Asukkaiden sisältö")
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        source.save_revision()
        state = workflow.start(source, user=None)
        merge_proposals(sources=[source], target=target, reason="x", user=coordinator)
        state.refresh_from_db()
        assert state.status == "cancelled"

    def test_all_authors_stay_authors(self, browser, source, target, coordinator, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            merge_proposals(sources=[source], target=target, reason="Sama asia.", user=coordinator)
        letters = {letter.to[0]: letter.body for letter in mail.outbox}
        assert set(letters) == {"penkit-rantaan@example.com", "istuimia-uimarannalle@example.com"}
        assert desk("Istuimia uimarannalle") in letters["istuimia-uimarannalle@example.com"]
        assert authors_of(target).count() == 2
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            record_screening(proposal=target, state="proceeds", cost=900, reasons="Hyvä.", user=coordinator)
        assert len(mail.outbox) == 2
        content = browser.get(desk("Istuimia uimarannalle")).content.decode()
        assert "Etenee äänestykseen" in content and target.get_absolute_url() in content

    def test_supporters_followers_and_comments_go_over_once(self, source, target, coordinator):
        support(source, "aino", "eino")
        support(target, "aino", "onni")
        merge = merge_proposals(sources=[source], target=target, reason="x", user=coordinator)[0]
        assert target.supports.count() == target.follows.count() == 3
        undo_merge(merge=merge, user=coordinator)
        assert target.supports.count() == source.supports.count() == 2

    def test_several_become_one(self, add, target, coordinator):
        sources = [add(f"Ehdotus {number}") for number in range(3)]
        merge_proposals(sources=sources, target=target, reason="x", user=coordinator)
        assert ProposalMerge.objects.filter(target=target).count() == 3
        assert authors_of(target).count() == 4

    def test_the_page_asks_no_more_of_the_database_for_a_larger_family(self, browser, add, target, coordinator):
        def queries():
            browser.get(target.get_absolute_url() + "?x=1")
            with CaptureQueriesContext(connection) as caught:
                browser.get(target.get_absolute_url() + f"?x={len(seen)}")
            seen.append(1)
            return len(caught)

        seen = []
        merge_proposals(sources=[add("Yksi")], target=target, reason="x", user=coordinator)
        few = queries()
        merge_proposals(sources=[add(f"E{n}") for n in range(5)], target=target, reason="x", user=coordinator)
        assert queries() <= few

    def test_nothing_of_a_family_is_deleted(self, source, target, merge):
        assert not can_delete_record(source)
        assert not can_delete_record(target)


class TestRefused:
    def refuse(self, match, **kwargs):
        before = Proposal.objects.filter(live=True).count()
        with pytest.raises(MergeError, match=match):
            merge_proposals(**({"reason": "x"} | kwargs))
        assert Proposal.objects.filter(live=True).count() == before
        assert not ProposalMerge.objects.exists()

    def test_when_one_of_them_is_of_another_round(self, add, make_round, source, target, coordinator):
        other = add("Muualla", of_round=make_round(Kind.SCREENING))
        self.refuse("saman kierroksen", sources=[source, other], target=target, user=coordinator)

    def test_when_one_of_them_is_not_public(self, source, target, coordinator):
        Proposal.objects.filter(pk=source.pk).update(live=False)
        self.refuse("julkaistuja", sources=[source], target=target, user=coordinator)

    def test_with_itself_or_with_nothing(self, target, coordinator):
        self.refuse("vähintään yksi", sources=[target], target=target, user=coordinator)
        self.refuse("vähintään yksi", sources=[], target=target, user=coordinator)

    def test_without_time_to_object(self, source, target, coordinator):
        self.refuse(
            "aikaa", sources=[source], target=target, user=coordinator, objection_until=timezone.now() - timedelta(1)
        )

    def test_a_family_becomes_no_child(self, add, source, target, merge, coordinator):
        with pytest.raises(MergeError, match="jo yhdistetty"):
            merge_proposals(sources=[target], target=add("Kolmas"), reason="x", user=coordinator)


class TestObjecting:
    def post(self, browser, merge, title, token, text="Ehdotukseni on eri asia."):
        url = reverse("budgeting:object_to_merge", args=[follow_token(f"key-{title}"), merge.pk])
        return browser.post(url, {"text": text, "form_token": token})

    @pytest.mark.parametrize("title", ["Istuimia uimarannalle", "Penkit rantaan"])
    def test_each_author_may_once(
        self, browser, coordinator, merge, form_token, title, django_capture_on_commit_callbacks
    ):
        assert "voit vastustaa" in browser.get(desk(title)).content.decode()
        with django_capture_on_commit_callbacks(execute=True):
            assert self.post(browser, merge, title, form_token).status_code == 303
        assert mail.outbox[-1].to == [coordinator.email]
        assert self.post(browser, merge, title, form_token).status_code == 303
        assert self.post(browser, merge, title, form_token, "Toistan.").status_code == 422
        assert MergeObjection.objects.count() == 1
        assert "Vastustit" in browser.get(desk(title)).content.decode()

    def test_nobody_else_may(self, browser, add, merge, form_token):
        add("Kolmas")
        assert self.post(browser, merge, "Kolmas", form_token).status_code == 404
        assert self.post(browser, merge, "Olematon", form_token).status_code == 404

    def test_it_ends_in_time(self, browser, merge, form_token):
        ProposalMerge.objects.update(objection_until=timezone.now() - timedelta(minutes=1))
        response = self.post(browser, merge, "Penkit rantaan", form_token)
        assert response.status_code == 422
        assert "sai vastustaa" in response.content.decode()

    def test_the_coordinator_keeps_the_merge_and_answers(
        self, client, browser, coordinator, merge, form_token, django_capture_on_commit_callbacks
    ):
        self.post(browser, merge, "Penkit rantaan", form_token)
        client.force_login(coordinator)
        assert "Ehdotukseni on eri asia." in client.get(MERGES).content.decode()
        url = reverse("budgeting_merging:answer", args=[MergeObjection.objects.get().pk])
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(url, {"answer": "Paikka on sama."}).status_code == 302
        assert mail.outbox[-1].to == ["penkit-rantaan@example.com"]
        assert "Paikka on sama." in browser.get(desk("Penkit rantaan")).content.decode()

    def test_or_undoes_it_and_all_is_as_before(
        self, client, browser, source, target, coordinator, merge, form_token, django_capture_on_commit_callbacks
    ):
        self.post(browser, merge, "Istuimia uimarannalle", form_token)
        client.force_login(coordinator)
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("budgeting_merging:undo", args=[merge.pk]))
        assert browser.get(source.get_absolute_url()).status_code == 200
        assert "Istuimia" not in browser.get(target.get_absolute_url()).content.decode()
        assert {letter.to[0] for letter in mail.outbox[-2:]} == {
            "penkit-rantaan@example.com",
            "istuimia-uimarannalle@example.com",
        }
        assert ModelLogEntry.objects.filter(action="budgeting.unmerge").count() == 2

    def test_until_the_time_is_over_and_each_objection_is_answered_the_rules_wait(
        self, browser, merge, form_token, coordinator
    ):
        def hint() -> str:
            checks = opening_checklist(merge.target.round, timezone.now())
            return next(check.hint for check in checks if check.key == "merges")

        assert "voi vastustaa" in hint()
        self.post(browser, merge, "Penkit rantaan", form_token)
        ProposalMerge.objects.update(objection_until=timezone.now() - timedelta(minutes=1))
        assert "Vastaa ehdottajien vastustuksiin" in hint()
        with pytest.raises(MergeError, match="miksi"):
            answer_objection(objection=MergeObjection.objects.get(), text=" ", user=coordinator)
        answer_objection(objection=MergeObjection.objects.get(), text="Paikka on sama.", user=coordinator)
        assert not hint()

    def test_where_who_merged_has_left_all_who_can_decide_hear_of_it(
        self, browser, merge, form_token, make_staff, coordinator, django_capture_on_commit_callbacks
    ):
        coordinator.is_active = False
        coordinator.save()
        other = make_staff(Role.ADMINISTRATOR)
        make_staff(Role.MODERATOR)
        with django_capture_on_commit_callbacks(execute=True):
            self.post(browser, merge, "Penkit rantaan", form_token)
        assert [letter.to for letter in mail.outbox] == [[other.email]]

    def test_old_objections_are_forgotten(self, browser, merge, form_token):
        self.post(browser, merge, "Penkit rantaan", form_token)
        assert purge_objections(timezone.now()) == 0
        assert purge_objections(timezone.now() + timedelta(days=4000)) == 1


class TestAdmin:
    def url(self, *proposals):
        ids = "&".join(f"id={proposal.screening.pk}" for proposal in proposals)
        return f"/admin/bulk/budgeting_blocks/screening/merge/?{ids}&next={MERGES}"

    def test_merges_what_is_chosen_on_the_board(self, client, coordinator, source, target):
        client.force_login(coordinator)
        assert "Istuimia" in client.get(self.url(source, target)).content.decode()
        data = {"target": target.pk, "reason": "Sama asia.", "objection_until": "2099-01-01 00:00"}
        assert client.post(self.url(source, target), data).status_code == 302
        assert ProposalMerge.objects.get().source == source

    def test_a_target_that_was_not_chosen_is_refused(self, client, coordinator, add, source, target):
        other = add("Muu")
        client.force_login(coordinator)
        data = {"target": other.pk, "reason": "x", "objection_until": "2099-01-01 00:00"}
        assert client.post(self.url(source, target), data).status_code == 200
        assert not ProposalMerge.objects.exists()

    def test_suggests_what_may_be_one_with_the_reason_and_a_way_to_merge_it(self, client, coordinator, add, make_round):
        pair = [add("Penkit järven rantaan"), add("Järven rantaan penkkejä")]
        add("Koirapuisto")
        add("Penkit rantaan järven", state="rejected", reasons="Kallis.")
        frozen = make_round(Kind.VOTING)
        freeze(frozen)
        add("Penkkejä järven rantaan", of_round=frozen)
        client.force_login(coordinator)
        content = client.get(MERGES).content.decode()
        assert "Yhteisiä sanoja: järven, penkit, rantaan" in content
        assert content.count('name="id"') == 2
        assert all(f'name="id" value="{proposal.screening.pk}"' in content for proposal in pair)
        response = client.post(ALIKE, {"id": [proposal.screening.pk for proposal in pair]})
        assert response.url == self.url(*pair).replace(MERGES, quote(MERGES, safe=""))

    def test_shows_no_two_together_again_that_somebody_found_to_be_distinct(self, client, coordinator, add):
        benches = [add("Penkit järven rantaan"), add("Järven rantaan penkkejä"), add("Penkkejä järven rantaan")]
        client.force_login(coordinator)
        for _double_press in range(2):
            client.post(ALIKE, {"id": [proposal.screening.pk for proposal in benches[:2]], "apart": 1})
        assert ModelLogEntry.objects.filter(action="budgeting.keep_apart").count() == 4
        shown = [set(alike.proposals) for alike in likely_same(coordinator)]
        assert len(shown) == 1 and benches[2] in shown[0] and len(shown[0]) == 2
        client.post(ALIKE, {"id": [proposal.screening.pk for proposal in benches], "apart": 1})
        assert not likely_same(coordinator)
        assert DistinctPair.objects.count() == 3

    def test_a_pair_is_two_of_one_round_told_apart_by_those_who_may_merge(
        self, client, coordinator, screener, add, make_round, source, target
    ):
        other = add("Muualla", of_round=make_round(Kind.SCREENING))
        for proposals, user in (([target], coordinator), ([target, other], coordinator), ([source, target], screener)):
            with pytest.raises(MergeError):
                keep_apart(proposals=proposals, user=user)
        with pytest.raises(IntegrityError), transaction.atomic():
            DistinctPair.objects.create(one=target, other=target, made_at=timezone.now())

    def test_asks_no_more_of_the_database_for_more_suggestions(self, client, coordinator, add):
        client.force_login(coordinator)

        def queries():
            with CaptureQueriesContext(connection) as caught:
                client.get(MERGES)
            return len(caught)

        add("Penkit järven rantaan"), add("Järven rantaan penkkejä")
        few = queries()
        for place in ("kirjastolle", "torille", "asemalle"):
            add(f"Keinut {place}"), add(f"Keinu {place}")
        assert queries() == few

    def test_is_not_for_assessors(self, client, screener, merge, source, target):
        client.force_login(screener)
        for address in (MERGES, ALIKE, reverse("budgeting_merging:undo", args=[merge.pk]), self.url(target)):
            assert client.post(address, {}).status_code in (302, 403, 405)
        assert ProposalMerge.objects.exists()


def test_after_the_freeze_nothing_is_merged_or_taken_apart(round, source, target, add, merge, coordinator):
    RuleVersion.objects.create(round=round, number=1, document={}, fingerprint="x", created_at=timezone.now())
    with pytest.raises(MergeError, match="vahvistettu"):
        undo_merge(merge=merge, user=coordinator)
    with pytest.raises(MergeError, match="vahvistettu"):
        merge_proposals(sources=[add("Kolmas")], target=target, reason="x", user=coordinator)
