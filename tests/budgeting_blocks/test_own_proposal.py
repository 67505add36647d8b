"""The author changes a proposal behind the private link, also one that a moderator has sent back; staff enter one on behalf."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, TaskState

from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.models import Criterion, Proposal, ProposalContact, ProposalPhoto
from budgeting_blocks.services.follow import follow_token
from budgeting_blocks.services.proposals import ProposalText, submit_proposal
from cms.common.formtokens import make_token
from cms.users.roles import Role
from home.setup.moderation import ensure_moderation
from tests.budgeting_blocks.test_drafts import photo_file

LIST = "wagtailsnippets_budgeting_blocks_proposal"


@pytest.fixture(autouse=True)
def workflow(db):
    caches["shared"].clear()
    ensure_moderation()


@pytest.fixture
def proposal(proposing_round, theme) -> Proposal:
    text = ProposalText(title="Grillipaikka", summary="Lyhyesti", description="Pitkästi", theme=theme.pk)
    return submit_proposal(
        round=proposing_round, text=text, email="asukas@example.com", submission_key="avain"
    ).proposal


def link(proposal: Proposal) -> str:
    return reverse("budgeting:proposal_follow", args=[follow_token(proposal.submission_key)])


def changes(proposal: Proposal, **fields: object) -> dict[str, object]:
    stored = Proposal.objects.get(pk=proposal.pk)
    return {
        "form_token": make_token(),
        "title": "Grillipaikka",
        "summary": "Lyhyesti",
        "description": "Pitkästi",
        "theme": proposal.theme_id,
        "area": "",
        "place": "",
        "seen": stored.latest_revision_id,
    } | fields


def approve(proposal: Proposal, user) -> None:
    Proposal.objects.get(pk=proposal.pk).current_workflow_task_state.approve(user=user)


def send_back(client, proposal: Proposal, comment: str = "Poista nimet.") -> None:
    state = Proposal.objects.get(pk=proposal.pk).current_workflow_task_state
    client.post(reverse(f"{LIST}:workflow_action", args=[proposal.pk, "reject", state.pk]), {"comment": comment})


class TestEditing:
    def test_a_change_waits_for_the_moderators_while_the_published_text_stays(
        self, browser, client, proposal, moderator
    ):
        approve(proposal, moderator)
        assert "Muokkaa ehdotusta" in browser.get(link(proposal)).content.decode()
        response = browser.post(link(proposal) + "muokkaa/", changes(proposal, title="Kaksi grillipaikkaa"))
        assert response.status_code == 303
        page = browser.get(response["Location"]).content.decode()
        assert "Muutoksesi odottavat tarkistusta" in page
        assert "Kaksi grillipaikkaa" in page
        assert "Kaksi grillipaikkaa" not in client.get(proposal.get_absolute_url()).content.decode()
        assert Proposal.objects.awaiting_moderation().get() == proposal
        approve(proposal, moderator)
        assert Proposal.objects.get().title == "Kaksi grillipaikkaa"

    def test_what_a_moderator_has_open_cannot_be_approved_once_the_author_has_changed_it(
        self, browser, client, proposal, moderator
    ):
        seen = TaskState.objects.get()
        browser.post(link(proposal) + "muokkaa/", changes(proposal, title="Aivan muuta"))
        client.force_login(moderator)
        client.post(reverse(f"{LIST}:workflow_action", args=[proposal.pk, "approve", seen.pk]), {"comment": ""})
        assert not Proposal.objects.get().live

    def test_the_same_form_twice_is_one_change(self, browser, proposal):
        data = changes(proposal, title="Toinen")
        for _click in range(2):
            assert browser.post(link(proposal) + "muokkaa/", data).status_code == 303
        assert proposal.revisions.count() == 2

    def test_a_change_over_somebody_elses_is_refused_with_the_words_kept(self, browser, proposal):
        data = changes(proposal, title="Tekijän otsikko")
        draft = Proposal.objects.get().get_latest_revision_as_object()
        draft.title = "Moderaattorin otsikko"
        draft.save_revision()
        response = browser.post(link(proposal) + "muokkaa/", data)
        assert response.status_code == 422
        assert "on muutettu" in response.content.decode()
        assert "Tekijän otsikko" in response.content.decode()
        assert Proposal.objects.get().get_latest_revision_as_object().title == "Moderaattorin otsikko"

    def test_a_photo_place_and_criteria_can_be_added_later(self, browser, proposal, moderator, proposing_round):
        met = Criterion.objects.create(round=proposing_round, name="Kaupungin maalla")
        fields = {"photo": photo_file(gps=True), "photo_alt": "Ranta", "criteria": [met.pk], "latitude": 60.6}
        response = browser.post(link(proposal) + "muokkaa/", changes(proposal, longitude=24.8, **fields))
        assert response.status_code == 303
        assert browser.get(link(proposal) + "kuva.jpg").status_code == 200
        approve(proposal, moderator)
        stored = Proposal.objects.get()
        assert (stored.photo.alt, stored.latitude, list(stored.criteria.all())) == ("Ranta", 60.6, [met])
        again = changes(proposal, photo_alt="Ranta kesällä", criteria=[met.pk], latitude=60.6, longitude=24.8)
        assert browser.post(link(proposal) + "muokkaa/", again).status_code == 303
        assert Proposal.objects.get().photo.alt == "Ranta"
        approve(proposal, moderator)
        assert Proposal.objects.get().photo.alt == "Ranta kesällä"
        ProposalPhoto.objects.get(alt="Ranta").delete()
        assert browser.get(link(proposal) + "kuva.jpg").status_code == 200

    def test_when_proposing_is_over_the_link_shows_why_and_changes_nothing(self, browser, proposal, proposing_round):
        data = changes(proposal, title="Myöhässä")
        proposing_round.phases.filter(kind="proposals").update(closes_at=timezone.now())
        assert "Ehdotusten teko päättyi" in browser.get(link(proposal)).content.decode()
        assert "Ehdotusten teko päättyi" in browser.get(link(proposal) + "muokkaa/").content.decode()
        response = browser.post(link(proposal) + "muokkaa/", data)
        assert response.status_code == 422
        assert "Myöhässä" in response.content.decode()
        assert proposal.revisions.count() == 1

    @pytest.mark.parametrize("token", ["x", "0" * 64])
    def test_an_unknown_link_changes_nothing(self, browser, proposal, token):
        url = reverse("budgeting:proposal_edit", args=[token])
        assert browser.get(url).status_code == 404
        assert browser.post(url, changes(proposal)).status_code == 404
        assert browser.get(url.replace("muokkaa/", "kuva.jpg")).status_code == 404

    def test_another_site_cannot_change_it(self, client, proposal):
        response = client.post(
            link(proposal) + "muokkaa/", changes(proposal, title="Muu"), headers={"sec-fetch-site": "cross-site"}
        )
        assert response.status_code == 403
        assert proposal.revisions.count() == 1

    def test_nobody_can_move_it_publish_it_or_change_its_origin(self, browser, proposal, make_round):
        other = make_round()
        extra = {"round": other.pk, "live": "1", "source": "phone", "submitted_at": "2020-01-01"}
        browser.post(link(proposal) + "muokkaa/", changes(proposal, title="Uusi", **extra))
        stored = Proposal.objects.get()
        assert (stored.live, stored.round_id, stored.source) == (False, proposal.round_id, "web")


class TestSentBack:
    def test_the_author_gets_the_moderators_comment_and_sends_it_anew(
        self, browser, client, proposal, moderator, django_capture_on_commit_callbacks
    ):
        client.force_login(moderator)
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            send_back(client, proposal)
        (letter,) = [letter for letter in mail.outbox if letter.to == ["asukas@example.com"]]
        assert "Poista nimet." in letter.body
        assert link(proposal) in letter.body
        assert "Grillipaikka" not in letter.body + letter.subject
        page = browser.get(link(proposal)).content.decode()
        assert "Poista nimet." in page
        assert "Muokkaa ja lähetä uudelleen" in page
        response = browser.post(link(proposal) + "muokkaa/", changes(proposal, description="Ilman nimiä"))
        assert response.status_code == 303
        assert "Odottaa tarkistusta" in browser.get(link(proposal)).content.decode()
        approve(proposal, moderator)
        assert Proposal.objects.get().description == "Ilman nimiä"

    def test_it_may_be_mended_some_days_after_the_phase_closed_and_not_later(
        self, browser, client, proposal, moderator, proposing_round
    ):
        client.force_login(moderator)
        send_back(client, proposal)
        proposing_round.phases.filter(kind="proposals").update(closes_at=timezone.now())
        assert browser.post(link(proposal) + "muokkaa/", changes(proposal, title="Korjattu")).status_code == 303
        send_back(client, proposal)
        TaskState.objects.update(finished_at=timezone.now() - timedelta(days=8))
        assert browser.post(link(proposal) + "muokkaa/", changes(proposal, title="Liian myöhään")).status_code == 422

    def test_an_author_whose_address_is_forgotten_is_not_written_to(self, client, proposal, moderator):
        ProposalContact.objects.all().delete()
        client.force_login(moderator)
        send_back(client, proposal)
        assert Proposal.objects.get().current_workflow_state.status == "needs_changes"


class TestEntering:
    @pytest.fixture
    def entered(self, theme) -> dict[str, object]:
        return {
            "form_token": make_token(),
            "source": "phone",
            "title": "Penkki",
            "summary": "Lyhyesti",
            "description": "Pitkästi",
            "theme": theme.pk,
            "consent": "on",
        }

    def url(self, round) -> str:
        return reverse("budgeting_entering:enter", args=[round.pk])

    def test_goes_to_moderation_like_any_other_with_source_consent_and_who_entered_it(
        self, client, coordinator, proposing_round, entered
    ):
        client.force_login(coordinator)
        assert client.get(reverse("budgeting_entering:rounds"))["Location"] == self.url(proposing_round)
        assert client.get(self.url(proposing_round)).status_code == 200
        response = client.post(self.url(proposing_round), entered)
        proposal = Proposal.objects.get()
        assert response.status_code == 302
        assert (proposal.source, proposal.live, proposal.consented_at is not None) == ("phone", False, True)
        assert proposal.workflow_in_progress
        assert not ProposalContact.objects.exists()
        log = ModelLogEntry.objects.get(action="wagtail.create", object_id=proposal.pk)
        assert (log.user, log.data) == (coordinator, {"source": "phone", "consent": True})
        edit = client.get(reverse(f"{LIST}:edit", args=[proposal.pk])).content.decode()
        assert "Puhelin" in edit
        proposal.latest_revision.publish()
        assert Proposal.objects.get().source == "phone"

    def test_an_address_gets_the_private_link(
        self, client, coordinator, proposing_round, entered, django_capture_on_commit_callbacks
    ):
        client.force_login(coordinator)
        with django_capture_on_commit_callbacks(execute=True):
            client.post(self.url(proposing_round), entered | {"email": "asukas@example.com"})
        (letter,) = [letter for letter in mail.outbox if letter.to == ["asukas@example.com"]]
        assert "/osbu/seuraa/" in letter.body

    def test_the_same_form_twice_is_one_proposal(self, client, coordinator, proposing_round, entered):
        client.force_login(coordinator)
        for _click in range(2):
            client.post(self.url(proposing_round), entered)
        assert Proposal.objects.count() == 1

    @pytest.mark.parametrize(("field", "value"), [("consent", ""), ("source", "web"), ("source", ""), ("title", "")])
    def test_what_is_missing_is_asked_for_and_nothing_is_stored(
        self, client, coordinator, proposing_round, entered, field, value
    ):
        client.force_login(coordinator)
        data = {name: text for name, text in (entered | {field: value}).items() if text}
        response = client.post(self.url(proposing_round), data | {"photo": photo_file(), "photo_alt": "Ranta"})
        assert response.status_code == 422
        assert "Pitkästi" in response.content.decode()
        assert Proposal.objects.count() == 0
        assert ProposalPhoto.objects.count() == 0

    def test_others_do_not_find_it(self, client, moderator, make_staff, proposing_round, entered):
        for user in (moderator, make_staff(Role.COMMUNICATIONS)):
            client.force_login(user)
            assert client.get(reverse("budgeting_entering:rounds")).status_code == 404
            assert client.post(self.url(proposing_round), entered).status_code == 404
        assert Proposal.objects.count() == 0

    def test_a_letter_that_came_in_time_is_entered_later_but_not_once_the_vote_is_open(
        self, client, coordinator, make_round, entered
    ):
        client.force_login(coordinator)
        screening, today = self.url(make_round(Kind.SCREENING)), timezone.localdate()
        timely = {"received_on": f"{today - timedelta(days=8):%d.%m.%Y}", "late_note": "Saapumisleima"}
        for wrong in ({"received_on": ""}, {"received_on": f"{today:%d.%m.%Y}"}, {"late_note": " "}):
            assert client.post(screening, entered | timely | wrong).status_code == 422
        assert not Proposal.objects.exists()
        assert client.post(screening, entered | timely).status_code == 302
        logged = ModelLogEntry.objects.get(action="wagtail.create", object_id=Proposal.objects.get().pk).data
        assert (logged["received_on"], logged["note"]) == (str(today - timedelta(days=8)), "Saapumisleima")
        client.post(self.url(make_round(Kind.VOTING)), entered)
        assert Proposal.objects.count() == 1
