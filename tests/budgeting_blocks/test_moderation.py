"""A resident's proposal in Wagtail's own workflow and admin."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.cache import caches
from django.urls import reverse
from wagtail.models import GroupApprovalTask, TaskState, Workflow, WorkflowContentType, WorkflowTask

from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.models import Proposal, ProposalContact, Round, Screening
from budgeting_blocks.services.follow import follow_token
from budgeting_blocks.services.proposals import ProposalText, submit_proposal
from cms.common.dashboard import waiting_for
from cms.users.models import User
from cms.users.roles import Role, group_of
from tests.budgeting_blocks.conftest import freeze

LIST = "wagtailsnippets_budgeting_blocks_proposal"


@pytest.fixture(autouse=True)
def no_earlier_attempts(db):
    caches["shared"].clear()


@pytest.fixture
def workflow(db) -> Workflow:
    task = GroupApprovalTask.objects.create(name="Tarkistus")
    task.groups.add(group_of(Role.MODERATOR))
    workflow = Workflow.objects.create(name="Asukkaiden sisältö")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    content_type = ContentType.objects.get_for_model(Proposal, for_concrete_model=False)
    WorkflowContentType.objects.create(workflow=workflow, content_type=content_type)
    return workflow


@pytest.fixture
def submit(proposing_round, theme):
    def send(title: str = "Grillipaikka", key: str = "avain") -> Proposal:
        text = ProposalText(title=title, summary="Lyhyesti", description="Pitkästi", theme=theme.pk)
        return submit_proposal(
            round=proposing_round, text=text, email="asukas@example.com", submission_key=key
        ).proposal

    return send


def approve(client, proposal: Proposal) -> None:
    state = TaskState.objects.get()
    url = reverse(f"{LIST}:workflow_action", args=[proposal.pk, "approve", state.pk])
    client.post(url, {"comment": ""}, follow=True)


def test_waits_for_the_moderators_in_wagtails_own_list(client, home_page, workflow, submit, moderator):
    submit("Grillipaikka rantaan")
    client.force_login(moderator)
    content = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Grillipaikka rantaan" in content
    assert "workflow/action" in content


def test_a_moderators_approval_publishes_it_tells_the_author_once_and_opens_the_assessment(
    client, home_page, workflow, submit, moderator, django_capture_on_commit_callbacks
):
    proposal = submit()
    mail.outbox.clear()
    client.force_login(moderator)
    with django_capture_on_commit_callbacks(execute=True):
        approve(client, proposal)
    proposal.refresh_from_db()
    assert proposal.live
    assert client.get(proposal.get_absolute_url()).status_code == 200
    letters = [letter for letter in mail.outbox if letter.to == ["asukas@example.com"]]
    assert len(letters) == 1
    assert f"/osbu/ehdotukset/{proposal.pk}/" in letters[0].body
    assert "Grillipaikka" not in letters[0].body + letters[0].subject
    assert proposal.screening.state == "not_assessed"
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        Proposal.objects.get(pk=proposal.pk).save_revision().publish()
    assert mail.outbox == []


def test_a_proposal_that_a_moderator_sends_back_waits_no_more_and_its_author_can_see_that(
    client, home_page, workflow, submit, moderator, django_capture_on_commit_callbacks
):
    proposal = submit()
    client.force_login(moderator)
    url = reverse(f"{LIST}:workflow_action", args=[proposal.pk, "reject", TaskState.objects.get().pk])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {"comment": "Sisältää nimiä."}, follow=True)
    proposal.refresh_from_db()
    assert not proposal.live
    assert not Proposal.objects.awaiting_moderation().exists()
    page = client.get(reverse("budgeting:proposal_follow", args=[follow_token(proposal.submission_key)]))
    assert "Ehdotusta ei ole julkaistu" in page.content.decode()


def test_the_author_sees_the_decision_and_its_reasons_behind_the_link(client, submit):
    proposal = submit()
    proposal.latest_revision.publish()
    Screening.objects.filter(proposal=proposal).update(state="rejected", reasons="Ei ole kaupungin tehtävä.")
    page = client.get(reverse("budgeting:proposal_follow", args=[follow_token(proposal.submission_key)]))
    assert "Ei etene äänestykseen" in page.content.decode()
    assert "Ei ole kaupungin tehtävä." in page.content.decode()


def test_with_no_workflow_it_waits_as_a_draft_and_still_counts_as_waiting(submit, proposing_round, make_proposal):
    make_proposal(proposing_round, "Julkaistu")
    proposal = submit()
    assert not proposal.live
    assert proposal.current_workflow_state is None
    assert list(Proposal.objects.awaiting_moderation()) == [proposal]


def test_moderators_are_told_of_it_without_an_account_behind_it(
    workflow, submit, moderator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        submit()
    assert ["asukas@example.com"] in [letter.to for letter in mail.outbox]


def test_publishing_an_old_draft_takes_no_finding_back(submit, coordinator):
    proposal = submit()
    first = proposal.latest_revision
    first.publish()
    Screening.objects.filter(proposal=proposal).update(state="rejected", reasons="Ei onnistu.")
    first.publish()
    assert Proposal.objects.get(pk=proposal.pk).screening.state == "rejected"
    assert ProposalContact.objects.get().email == "asukas@example.com"


def test_what_is_searched_and_sorted_follows_what_is_published(submit):
    proposal = submit("Vanha otsikko")
    proposal.title = "Äkkijyrkkä"
    proposal.save_revision().publish()
    assert list(Proposal.objects.containing("ÄKKIJ")) == [proposal]
    assert list(Proposal.objects.containing("vanha")) == []


class TestAdmin:
    def test_the_list_and_its_filters_open(self, client, moderator, submit, proposing_round, make_proposal):
        submit("Odottava")
        make_proposal(proposing_round, "Näkyvä", state="rejected")
        client.force_login(moderator)
        url = reverse(f"{LIST}:list")
        assert "Näkyvä" in client.get(url).content.decode()
        waiting = client.get(f"{url}?moderation=waiting").content.decode()
        assert "Odottava" in waiting
        assert "Näkyvä" not in waiting
        rejected = client.get(f"{url}?state=rejected&live=true&round={proposing_round.pk}").content.decode()
        assert "Näkyvä" in rejected
        assert "Odottava" not in rejected
        assert "Odottava" in client.get(f"{url}?q=odottava").content.decode()

    def test_the_list_takes_as_many_queries_with_many_proposals(
        self, client, moderator, proposing_round, make_proposal, django_assert_max_num_queries
    ):
        for n in range(40):
            make_proposal(proposing_round, f"Ehdotus {n}", state="rejected")
        client.force_login(moderator)
        client.get(reverse(f"{LIST}:list"))
        with django_assert_max_num_queries(40):
            client.get(reverse(f"{LIST}:list"))

    def test_the_authors_address_is_shown_to_the_coordinator_and_not_to_a_moderator(
        self, client, moderator, coordinator, submit
    ):
        proposal = submit()
        url = reverse(f"{LIST}:edit", args=[proposal.pk])
        client.force_login(moderator)
        response = client.get(url)
        assert response.status_code == 200
        assert b"asukas@example.com" not in response.content
        client.force_login(coordinator)
        assert b"asukas@example.com" in client.get(url).content

    def test_the_preview_shows_the_public_page(self, submit):
        content = submit("Esikatsottava").make_preview_request().content.decode()
        assert "Esikatsottava" in content
        assert "Koko kaupunki" in content

    def test_a_proposal_that_people_vote_on_cannot_be_edited_unpublished_or_deleted(
        self, client, coordinator, make_round, make_proposal
    ):
        proposal = make_proposal(make_round(Kind.VOTING), "Äänestyksessä", state="proceeds")
        freeze(proposal.round)
        proposal.save_revision()
        client.force_login(coordinator)
        edit = reverse(f"{LIST}:edit", args=[proposal.pk])
        assert "Ehdotus on äänestyksessä" in client.get(edit).content.decode()
        form = {
            "round": proposal.round_id,
            "title": "Muutettu",
            "summary": "x",
            "description": "x",
            "theme": proposal.theme_id,
            "action-publish": "1",
        }
        client.post(edit, form)
        client.post(reverse(f"{LIST}:unpublish", args=[proposal.pk]))
        client.post(reverse(f"{LIST}:delete", args=[proposal.pk]))
        bulk = reverse("wagtail_bulk_action", args=["budgeting_blocks", "proposal", "delete"])
        client.post(f"{bulk}?id={proposal.pk}")
        kept = Proposal.objects.get(pk=proposal.pk)
        assert kept.live
        assert kept.title == "Äänestyksessä"

    def test_communications_cannot_change_proposals(self, client, make_staff, submit):
        proposal = submit()
        client.force_login(make_staff(Role.COMMUNICATIONS))
        assert client.get(reverse(f"{LIST}:edit", args=[proposal.pk])).status_code in (302, 403)

    @pytest.mark.parametrize("model", ["round", "theme", "area"])
    def test_the_coordinators_lists_and_forms_open(self, client, coordinator, proposing_round, theme, area, model):
        client.force_login(coordinator)
        record = {"round": proposing_round, "theme": theme, "area": area}[model]
        name = f"wagtailsnippets_budgeting_blocks_{model}"
        assert client.get(reverse(f"{name}:list")).status_code == 200
        assert client.get(reverse(f"{name}:add")).status_code == 200
        assert client.get(reverse(f"{name}:edit", args=[record.pk])).status_code == 200

    def test_a_round_is_made_and_published_with_its_phases(self, client, coordinator):
        client.force_login(coordinator)
        form = {
            "title": "Kierros 2027",
            "slug": "2027",
            "introduction": "",
            "budget": "50000",
            "pots-TOTAL_FORMS": "0",
            "pots-INITIAL_FORMS": "0",
            "criteria-TOTAL_FORMS": "0",
            "criteria-INITIAL_FORMS": "0",
            "phases-TOTAL_FORMS": "1",
            "phases-INITIAL_FORMS": "0",
            "phases-MIN_NUM_FORMS": "0",
            "phases-MAX_NUM_FORMS": "3",
            "phases-0-kind": "voting",
            "phases-0-opens_at": "2027-03-01 09:00",
            "phases-0-closes_at": "2027-03-15 09:00",
            "phases-0-id": "",
            "action-publish": "1",
        }
        client.post(reverse("wagtailsnippets_budgeting_blocks_round:add"), form)
        made = Round.objects.get(slug="2027")
        assert made.live
        assert made.phases.count() == 1
        preview = made.make_preview_request().content.decode()
        assert "50\u00a0000\u00a0€" in preview


class TestDashboard:
    def test_each_role_is_told_what_awaits_it(self, rf, moderator, coordinator, submit, proposing_round, make_proposal):
        submit()
        Screening.objects.create(proposal=make_proposal(proposing_round, "Uusi"))
        request = rf.get("/")

        def told(user: User) -> dict[str, tuple[int, str]]:
            request.user = user
            return {item.label: (item.count, item.url) for item in waiting_for(request) if "hdotuks" in item.label}

        assert {label: count for label, (count, _url) in told(moderator).items()} == {"Ehdotuksia moderoitavana": 1}
        assert {label: count for label, (count, _url) in told(coordinator).items()} == {
            "Ehdotuksia moderoitavana": 1,
            "Ehdotuksia arvioitavana": 1,
        }

    def test_the_coordinator_is_not_told_of_what_only_moderators_may_pass(self, rf, workflow, coordinator, submit):
        submit()
        request = rf.get("/")
        request.user = coordinator
        assert "Ehdotuksia moderoitavana" not in {item.label for item in waiting_for(request)}

    def test_its_links_lead_to_just_these(self, rf, client, coordinator, submit, proposing_round, make_proposal):
        submit("Moderoitava")
        Screening.objects.create(proposal=make_proposal(proposing_round, "Arvioitava yksi"))
        make_proposal(proposing_round, "Ratkaistu", state="rejected")
        request = rf.get("/")
        request.user = coordinator
        client.force_login(coordinator)
        urls = {item.label: item.url for item in waiting_for(request)}
        moderation = client.get(urls["Ehdotuksia moderoitavana"]).content.decode()
        assert "Moderoitava" in moderation
        assert "Ratkaistu" not in moderation
        screening = client.get(urls["Ehdotuksia arvioitavana"]).content.decode()
        assert "Arvioitava yksi" in screening
        assert "Ratkaistu" not in screening
