"""Supporting and following a proposal without an account."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import caches
from django.utils import timezone

from budgeting_blocks.choices import ScreeningState
from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.models import ProposalFollow, ProposalSupport
from budgeting_blocks.services.screening import record_screening
from budgeting_blocks.services.voices import (
    FOLLOW_DAYS,
    SUPPORT_HASH_DAYS,
    carry_over_voices,
    purge_follows,
    purge_supports,
    round_person,
    take_back_voices,
)


def url(proposal, act="kannata"):
    return f"/osbu/ehdotukset/{proposal.pk}/{act}/"


class TestSupport:
    def test_a_form_a_mail_and_a_button_count_one_person_once(self, proposal, browser, send, link):
        page = browser.get(url(proposal)).content.decode()
        assert 'name="email"' in page
        response = send(url(proposal), email="Aino+osbu@Example.com")
        assert response.status_code == 303
        assert "Tarkista sähköpostisi" in browser.get(response["Location"]).content.decode()
        assert not ProposalSupport.objects.exists()

        confirm = link("/kannatus/")
        assert "Kannatan ehdotusta" in browser.get(confirm).content.decode()
        assert "laskettu mukaan" in send(confirm).content.decode()
        assert "Olet jo kannattanut" in send(confirm).content.decode()
        caches["shared"].clear()
        send(url(proposal), email="aino@example.com")
        send(link("/kannatus/"))
        assert proposal.supports.count() == 1
        assert "1 asukas kannattaa" in browser.get(f"{proposal.get_absolute_url()}?tuore=1").content.decode()

    def test_a_mail_scanner_that_opens_the_link_does_nothing(self, proposal, client, send, link):
        send(url(proposal), email="aino@example.com")
        for method in (client.get, client.head, client.options):
            method(link("/kannatus/"))
        assert not ProposalSupport.objects.exists()

    def test_the_address_is_not_kept_and_the_link_does_not_hold_it(self, proposal, send, link):
        send(url(proposal), email="aino@example.com")
        send(link("/kannatus/"))
        support = ProposalSupport.objects.get()
        assert "aino" not in support.person_hash
        assert "aino" not in link("/kannatus/").lower()

    def test_one_person_has_different_hashes_in_different_rounds(self, make_round, make_proposal):
        first, second = make_proposal(make_round()), make_proposal(make_round())
        assert round_person(first, "a@example.com") != round_person(second, "a@example.com")

    def test_a_stranger_is_mailed_three_times_an_hour_whoever_asks(self, proposal, make_proposal, send, form_token):
        from cms.common.formtokens import make_token

        others = [make_proposal(proposal.round, f"Muu {n}") for n in range(100)]
        answers = [send(url(other), email="uhri@example.com", form_token=make_token()) for other in others]
        assert len(mail.outbox) == 3
        assert [answer.status_code for answer in answers] == [303] * 3 + [422] * 97
        assert "Yritä uudelleen" in answers[-1].content.decode()

    def test_the_mail_holds_no_word_of_anybody(self, proposal, send):
        send(url(proposal), email="aino@example.com")
        assert "Laituri" not in mail.outbox[0].body + mail.outbox[0].subject

    def test_a_double_click_sends_one_mail(self, proposal, send):
        for _n in range(2):
            assert send(url(proposal), email="aino@example.com").status_code == 303
        assert len(mail.outbox) == 1

    def test_a_link_of_yesteryear_or_of_another_purpose_is_refused(self, proposal, send, link):
        send(url(proposal), email="aino@example.com")
        good = link("/kannatus/")
        with time_machine.travel(timezone.now() + timedelta(hours=49)):
            from cms.common.formtokens import make_token

            assert send(good, form_token=make_token()).status_code == 422
        assert send(good.replace("/kannatus/", "/seuraaminen/")).status_code == 422
        assert send(good.rstrip("/")[:-2] + "xx/").status_code == 422
        assert not ProposalSupport.objects.exists()

    @pytest.mark.parametrize("token", ["x", "%00", "a:b:c", "%ED%A0%80", "x" * 5000, "<script>"])
    def test_junk_in_place_of_a_link_is_answered_plainly(self, db, send, token):
        assert send(f"/osbu/vahvista/kannatus/{token}/").status_code in (422, 404)

    def test_links_are_not_stored_nor_indexed(self, proposal, client, send, link):
        send(url(proposal), email="aino@example.com")
        response = client.get(link("/kannatus/"))
        assert response["Cache-Control"] == "private, no-store"
        assert "noindex" in response["X-Robots-Tag"]
        assert response["Referrer-Policy"] == "same-origin"

    def test_a_post_from_another_site_is_refused(self, proposal, client, form_token):
        response = client.post(
            url(proposal),
            {"form_token": form_token, "email": "a@example.com"},
            headers={"sec-fetch-site": "cross-site"},
        )
        assert response.status_code == 403

    def test_what_is_not_public_is_not_found(self, proposing_round, make_proposal, client, proposal, send, link):
        hidden = make_proposal(proposing_round, live=False)
        for act in ("kannata", "seuraa", "kommentoi", "vahvistus-lahetetty"):
            assert client.get(url(hidden, act)).status_code == 404
        send(url(proposal), email="aino@example.com")
        proposal.unpublish()
        assert "nähtävillä" in send(link("/kannatus/")).content.decode()
        assert not ProposalSupport.objects.exists()

    @pytest.mark.parametrize(
        ("kind", "state", "may"),
        [
            (Kind.PROPOSALS, "", True),
            (Kind.SCREENING, ScreeningState.UNDER_ASSESSMENT, True),
            (Kind.SCREENING, ScreeningState.REJECTED, False),
            (Kind.VOTING, ScreeningState.PROCEEDS, False),
            (None, "", False),
        ],
    )
    def test_support_is_taken_until_the_vote_or_the_decision(
        self, make_round, make_proposal, client, send, kind, state, may
    ):
        proposal = make_proposal(make_round(kind), state=state)
        page = client.get(proposal.get_absolute_url()).content.decode()
        assert (url(proposal) in page) is may
        assert ('name="email"' in client.get(url(proposal)).content.decode()) is may
        assert (send(url(proposal), email="a@example.com").status_code == 303) is may

    def test_old_supports_can_no_longer_be_told_apart_but_still_count(self, proposal):
        old = timezone.localdate() - timedelta(days=SUPPORT_HASH_DAYS + 1)
        hashes = [round_person(proposal, f"{n}@example.com") for n in range(3)]
        ProposalSupport.objects.bulk_create(
            ProposalSupport(proposal=proposal, person_hash=h, created=old) for h in hashes
        )
        assert purge_supports(timezone.now()) == 3
        assert purge_supports(timezone.now()) == 0
        assert proposal.supports.count() == 3
        assert not ProposalSupport.objects.filter(person_hash__in=hashes).exists()

    def test_a_merged_proposal_counts_nobody_twice(self, proposal, make_proposal, make_comment):
        other = make_proposal(proposal.round, "Sama asia")
        comment = make_comment(other)
        for target, names in ((proposal, "ab"), (other, "bc")):
            for name in names:
                person = round_person(target, f"{name}@example.com")
                ProposalSupport.objects.create(proposal=target, person_hash=person)
                ProposalFollow.objects.create(proposal=target, person_hash=person, email=f"{name}@example.com")
        carried = carry_over_voices(source=other, target=proposal)
        # Who supports both stays behind, where nothing shows, for the case that the merge is undone.
        assert (proposal.supports.count(), other.supports.count()) == (3, 1)
        assert proposal.follows.count() == 3
        comment.refresh_from_db()
        comment.latest_revision.publish()
        comment.refresh_from_db()
        assert comment.proposal == proposal
        take_back_voices(source=other, carried=carried)
        assert (proposal.supports.count(), other.supports.count()) == (2, 2)
        assert other.follows.count() == 2
        comment.refresh_from_db()
        assert comment.proposal == other


class TestFollow:
    @pytest.fixture
    def follower(self, proposal, send, link):
        send(url(proposal, "seuraa"), email="aino@example.com")
        send(link("/seuraaminen/"))
        mail.outbox.clear()
        return ProposalFollow.objects.get()

    def decide(self, proposal, coordinator, capture):
        with capture(execute=True):
            record_screening(
                proposal=proposal,
                state=ScreeningState.PROCEEDS,
                cost=1000,
                reasons="Sopii.",
                unit=None,
                user=coordinator,
            )

    def test_is_told_of_the_citys_decision_with_a_way_out(
        self, proposal, follower, coordinator, browser, send, link, django_capture_on_commit_callbacks
    ):
        self.decide(proposal, coordinator, django_capture_on_commit_callbacks)
        (letter,) = mail.outbox
        assert letter.to == ["aino@example.com"]
        assert "Etenee äänestykseen" in letter.body
        stop = link("lopeta-seuraaminen")
        assert letter.extra_headers["List-Unsubscribe"].endswith(f"{stop}heti/>")
        browser.get(stop)
        assert ProposalFollow.objects.exists()
        assert "Et seuraa enää" in send(stop).content.decode()
        assert not ProposalFollow.objects.exists()
        assert "Et seuraa enää" in send(stop).content.decode()

    def test_a_mail_programs_one_press_ends_it(
        self, proposal, follower, coordinator, client, link, django_capture_on_commit_callbacks
    ):
        self.decide(proposal, coordinator, django_capture_on_commit_callbacks)
        stop = f"{link('lopeta-seuraaminen')}heti/"
        assert client.get(stop).status_code == 302
        assert ProposalFollow.objects.exists()
        assert client.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 204
        assert not ProposalFollow.objects.exists()
        assert client.post("/osbu/lopeta-seuraaminen/x/heti/", {"List-Unsubscribe": "One-Click"}).status_code == 404

    def test_one_who_has_not_confirmed_is_told_nothing_and_forgotten(
        self, proposal, send, coordinator, django_capture_on_commit_callbacks
    ):
        send(url(proposal, "seuraa"), email="vieras@example.com")
        mail.outbox.clear()
        self.decide(proposal, coordinator, django_capture_on_commit_callbacks)
        assert not mail.outbox
        assert purge_follows(timezone.now() + timedelta(days=3)) == 1
        assert not ProposalFollow.objects.exists()

    def test_a_confirmed_one_is_forgotten_in_the_end(self, follower):
        assert purge_follows(timezone.now() + timedelta(days=FOLLOW_DAYS - 1)) == 0
        assert purge_follows(timezone.now() + timedelta(days=FOLLOW_DAYS + 1)) == 1

    def test_asking_again_changes_nothing_for_one_who_follows(self, proposal, follower, send):
        send(url(proposal, "seuraa"), email="AINO@example.com")
        assert ProposalFollow.objects.get().confirmed_at == follower.confirmed_at
