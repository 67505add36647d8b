"""Comments: confirmed by mail, moderated where proposals are, hidden with a public note, reported, forgotten."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision, TaskState

from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.models import CommentReport, ProposalComment, ProposalSupport
from budgeting_blocks.services.comments import (
    COMMENT_NAME_DAYS,
    REFUSED_DAYS,
    hide_comment,
    purge_comments,
    submit_comment,
)
from budgeting_blocks.services.voices import VoiceError
from cms.common.dashboard import waiting_for
from cms.common.formtokens import make_token

LIST = "wagtailsnippets_budgeting_blocks_proposalcomment"


def url(proposal):
    return f"/osbu/ehdotukset/{proposal.pk}/kommentoi/"


@pytest.fixture
def fields():
    return {"text": "Kannatan.\n\nPenkki tarvitaan.", "name": "Aino K.", "email": "aino@example.com"}


def test_reaches_the_moderators_when_its_sender_confirms_it_and_the_public_when_they_publish_it(
    home_page, proposal, workflow, moderator, client, browser, send, link, fields, rf
):
    assert send(url(proposal), **fields).status_code == 303
    client.force_login(moderator)
    admin_list = reverse(f"{LIST}:list")
    assert "Aino K." not in client.get(admin_list).content.decode()
    assert not TaskState.objects.exists()
    confirm = link("/kommentti/")
    browser.get(confirm)
    assert not TaskState.objects.exists()
    for _n in range(2):
        assert "kun se on tarkistettu" in send(confirm).content.decode()
    state = TaskState.objects.get()
    assert "Aino K." in client.get(admin_list).content.decode()
    assert "Kannatan." in client.get(reverse("wagtailadmin_home")).content.decode()
    request = rf.get("/")
    request.user = moderator
    assert [item.count for item in waiting_for(request) if item.label == "Kommentteja moderoitavana"] == [1]
    assert "Aino K." not in browser.get(proposal.get_absolute_url()).content.decode()

    comment = ProposalComment.objects.get()
    action = reverse(f"{LIST}:workflow_action", args=[comment.pk, "approve", state.pk])
    client.post(action, {"comment": ""}, follow=True)
    page = browser.get(proposal.get_absolute_url()).content.decode()
    assert "Aino K." in page
    assert "<p>Penkki tarvitaan.</p>" in page
    assert "Kommentit (1)" in page
    assert "aino@example.com" not in page


def test_the_address_is_kept_nowhere(proposal, send, link, fields):
    send(url(proposal), **fields)
    send(link("/kommentti/"))
    comment = ProposalComment.objects.get()
    stored = str(vars(comment)) + str(list(Revision.objects.values_list("content", flat=True)))
    assert "aino@" not in stored


def test_the_mail_holds_none_of_the_words(proposal, send, fields):
    send(url(proposal), **fields)
    assert "Penkki" not in mail.outbox[0].body
    assert "Aino K" not in mail.outbox[0].body


def test_an_empty_form_comes_back_with_what_was_typed(proposal, send, fields):
    answer = send(url(proposal), **fields | {"email": "ei osoite"})
    assert answer.status_code == 422
    assert "Penkki tarvitaan." in answer.content.decode()
    assert not ProposalComment.objects.exists()


def test_a_double_click_makes_one_comment(proposal, send, fields):
    for _n in range(2):
        assert send(url(proposal), **fields).status_code == 303
    assert ProposalComment.objects.count() == len(mail.outbox) == 1


def test_script_and_nul_in_a_comment_do_no_harm(proposal, make_comment, client, send, fields):
    make_comment(proposal, "<script>alert(1)</script>", name="<b>x</b>")
    page = client.get(proposal.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "<b>x" not in page
    assert send(url(proposal), **fields | {"text": "a\0b"}).status_code == 422


def test_a_round_that_is_over_takes_no_more_comments(make_round, make_proposal, send, client, fields):
    proposal = make_proposal(make_round(None))
    assert url(proposal) not in client.get(proposal.get_absolute_url()).content.decode()
    assert send(url(proposal), **fields).status_code == 422
    assert not ProposalComment.objects.exists()


@pytest.mark.parametrize("kind", list(Kind))
def test_comments_are_taken_in_every_phase(make_round, make_proposal, send, fields, kind):
    assert send(url(make_proposal(make_round(kind))), **fields).status_code == 303


def test_nobody_floods_the_moderators(proposal, send, fields):
    answers = [send(url(proposal), **fields | {"text": f"n{n}", "form_token": make_token()}) for n in range(10)]
    assert [answer.status_code for answer in answers] == [303] * 3 + [422] * 7


class TestHiding:
    def test_leaves_the_reason_in_its_place_and_drops_the_words_at_once(
        self, home_page, proposal, make_comment, moderator, client
    ):
        comment = make_comment(proposal, "Naapuri on typerys", name="Kiukku")
        assert "typerys" in client.get(proposal.get_absolute_url()).content.decode()
        client.force_login(moderator)
        hide = reverse(f"{LIST}:unpublish", args=[comment.pk])
        assert client.post(hide, {"hidden_note": "  "}).status_code == 422
        comment.refresh_from_db()
        assert comment.live
        client.post(hide, {"hidden_note": "Loukkaa toista ihmistä."})
        client.logout()
        page = client.get(proposal.get_absolute_url()).content.decode()
        assert "typerys" not in page
        assert "Kiukku" not in page
        assert "Loukkaa toista ihmistä." in page

    def test_publishing_again_takes_the_note_away(self, proposal, make_comment, moderator, client):
        comment = make_comment(proposal, "Asiaa")
        hide_comment(comment=comment, note="Erehdys", user=moderator)
        ProposalComment.objects.get(pk=comment.pk).save_revision().publish()
        page = client.get(proposal.get_absolute_url()).content.decode()
        assert "Asiaa" in page
        assert "Erehdys" not in page

    def test_one_that_was_refused_in_moderation_leaves_nothing(self, proposal, make_comment, client):
        make_comment(proposal, "Ei julki", live=False)
        assert "Kommentit (0)" in client.get(proposal.get_absolute_url()).content.decode()

    def test_others_may_not(self, proposal, make_comment, make_staff, client):
        from cms.users.roles import Role

        comment = make_comment(proposal)
        user = make_staff(Role.COMMUNICATIONS)
        with pytest.raises(VoiceError):
            hide_comment(comment=comment, note="Syy", user=user)
        client.force_login(user)
        assert client.post(reverse(f"{LIST}:unpublish", args=[comment.pk]), {"hidden_note": "x"}).status_code == 302
        comment.refresh_from_db()
        assert comment.live

    def test_nobody_adds_comments_in_the_admin(self, admin_client, db):
        from django.urls import NoReverseMatch

        assert admin_client.get(reverse(f"{LIST}:list")).status_code == 200
        with pytest.raises(NoReverseMatch):
            reverse(f"{LIST}:add")


class TestReports:
    def test_a_report_waits_for_the_moderators_until_they_act(
        self, home_page, proposal, make_comment, moderator, client, browser, send, rf
    ):
        comment = make_comment(proposal)
        report = f"/osbu/kommentit/{comment.pk}/ilmoita/"
        assert report in browser.get(proposal.get_absolute_url()).content.decode()
        assert browser.get(report).status_code == 200
        assert send(report, kind="", text="").status_code == 422
        for _n in range(2):
            assert send(report, kind="rude", text="Loukkaa").status_code == 303
        assert CommentReport.objects.count() == 1
        request = rf.get("/")
        request.user = moderator

        def waiting():
            return [item.count for item in waiting_for(request) if "ilmoitettu" in item.label]

        assert waiting() == [1]
        client.force_login(moderator)
        shown = client.get(reverse(f"{LIST}:list") + "?moderation=reported").content.decode()
        assert "Hyvä ajatus" in shown
        assert "Loukkaa" in client.get(reverse(f"{LIST}:edit", args=[comment.pk])).content.decode()
        hide = reverse(f"{LIST}:unpublish", args=[comment.pk])
        assert "Loukkaa" in client.get(hide).content.decode()
        client.post(hide, {"keep": "1"})
        comment.refresh_from_db()
        assert comment.live
        assert waiting() == [0]

    def test_only_what_is_public_can_be_reported(self, proposal, make_comment, client):
        draft = make_comment(proposal, live=False)
        assert client.get(f"/osbu/kommentit/{draft.pk}/ilmoita/").status_code == 404


class TestRetention:
    def test_unconfirmed_and_refused_ones_are_deleted_with_their_drafts(self, proposal, make_comment):
        make_comment(proposal, "Torjuttu", live=False)
        kept = make_comment(proposal, "Julki")
        submit_comment(proposal=proposal, name="X", text="Vahvistamaton", email="x@example.com", submission_key="k")
        assert purge_comments(timezone.now() + timedelta(days=1)) == 0
        assert purge_comments(timezone.now() + timedelta(days=3)) == 1
        assert purge_comments(timezone.now() + timedelta(days=REFUSED_DAYS + 1)) == 1
        assert list(ProposalComment.objects.all()) == [kept]
        assert all("Torjuttu" not in str(revision.content) for revision in Revision.objects.all())

    def test_names_of_old_comments_go_from_drafts_too(self, proposal, make_comment, client):
        make_comment(proposal, "Vanha sana", name="Aino Kuusela")
        assert purge_comments(timezone.now() + timedelta(days=COMMENT_NAME_DAYS + 1)) == 1
        assert purge_comments(timezone.now() + timedelta(days=COMMENT_NAME_DAYS + 1)) == 0
        assert not Revision.objects.filter(content__icontains="Kuusela").exists()
        page = client.get(proposal.get_absolute_url()).content.decode()
        assert "Vanha sana" in page
        assert "Kuusela" not in page


def test_the_page_takes_no_more_queries_with_more_voices(proposal, make_comment, client):
    def measured() -> int:
        path = f"{proposal.get_absolute_url()}?x={'y' * 320}"
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        return len(queries)

    make_comment(proposal, "eka")
    few = measured()
    for n in range(25):
        make_comment(proposal, f"lisää {n}", email=f"e{n}@example.com")
    ProposalSupport.objects.bulk_create(ProposalSupport(proposal=proposal, person_hash=f"h{n}") for n in range(50))
    assert measured() == few <= 15
    page = client.get(f"{proposal.get_absolute_url()}?kommentit=2").content.decode()
    assert page.count('class="comment"') == 6
    for junk in ("-1", "0", "x", "9" * 5000, "%00", "²"):
        assert client.get(f"{proposal.get_absolute_url()}?kommentit={junk}").status_code == 200
