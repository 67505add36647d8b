"""A question to the author and back, and notes among staff."""

import pytest
from django.core import mail
from django.urls import reverse

from budgeting_blocks.models import ProposalContact, ScreeningNote, ScreeningQuestion
from budgeting_blocks.services.asking import add_note, ask_author
from budgeting_blocks.services.assessing import ScreeningError
from budgeting_blocks.services.follow import follow_token


@pytest.fixture
def proposal(add, parks):
    return add("Penkki", parks)


def desk(title="Penkki"):
    return reverse("budgeting:proposal_follow", args=[follow_token(f"key-{title}")])


def answer_url(question, title="Penkki"):
    return reverse("budgeting:answer_question", args=[follow_token(f"key-{title}"), question.pk])


class TestQuestion:
    def test_reaches_the_author_by_mail_and_the_answer_comes_back(
        self, client, browser, screener, proposal, form_token, django_capture_on_commit_callbacks
    ):
        client.force_login(screener)
        url = reverse("budgeting_assessing:ask", args=[proposal.screening.pk])
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(url, {"question-text": "Mihin kohtaan rantaa?"}).status_code == 302
        (letter,) = mail.outbox
        assert letter.to == ["penkki@example.com"]
        assert desk() in letter.body
        assert "rantaa" not in letter.body and "Penkki" not in letter.body
        assert "Mihin kohtaan rantaa?" in browser.get(desk()).content.decode()
        question = ScreeningQuestion.objects.get()
        data = {"answer": "Laiturin viereen.", "form_token": form_token, "origin": ""}
        with django_capture_on_commit_callbacks(execute=True):
            response = browser.post(answer_url(question), data)
        assert (response.status_code, response.url) == (303, desk())
        assert mail.outbox[-1].to == ["screener@example.com"]
        assert "Laiturin" not in mail.outbox[-1].body
        page = reverse("budgeting_screening:edit", args=[proposal.screening.pk])
        assert "Laiturin viereen." in client.get(page).content.decode()

    def test_is_private(self, browser, screener, proposal):
        ask_author(screening=proposal.screening, text="Mihin kohtaan?", user=screener)
        assert "Mihin kohtaan?" not in browser.get(proposal.get_absolute_url()).content.decode()
        response = browser.get(desk())
        assert "no-store" in response["Cache-Control"] and response["Referrer-Policy"] == "no-referrer"

    def test_a_double_click_answers_once_and_a_second_answer_is_refused(self, browser, screener, proposal, form_token):
        question = ask_author(screening=proposal.screening, text="?", user=screener)
        data = {"answer": "Kyllä.", "form_token": form_token}
        assert browser.post(answer_url(question), data).status_code == 303
        assert browser.post(answer_url(question), data).status_code == 303
        response = browser.post(answer_url(question), data | {"answer": "Ei."})
        assert response.status_code == 422
        assert "jo vastattu" in response.content.decode()
        question.refresh_from_db()
        assert question.answer == "Kyllä."

    def test_only_its_own_author_answers(self, browser, screener, proposal, add, form_token):
        add("Toinen")
        question = ask_author(screening=proposal.screening, text="?", user=screener)
        data = {"answer": "Minäpä vastaan.", "form_token": form_token}
        assert browser.post(answer_url(question, "Toinen"), data).status_code == 404
        assert browser.post(answer_url(question, "Olematon"), data).status_code == 404
        question.refresh_from_db()
        assert question.answered_at is None

    def test_an_empty_answer_comes_back_with_the_reason(self, browser, screener, proposal, form_token):
        question = ask_author(screening=proposal.screening, text="?", user=screener)
        response = browser.post(answer_url(question), {"answer": " ", "form_token": form_token})
        assert response.status_code == 422
        assert "no-store" in response["Cache-Control"]

    def test_is_refused_when_the_author_cannot_be_reached(self, client, screener, proposal):
        ProposalContact.objects.all().delete()
        with pytest.raises(ScreeningError, match="ei saa yhteyttä"):
            ask_author(screening=proposal.screening, text="?", user=screener)
        client.force_login(screener)
        page = reverse("budgeting_screening:edit", args=[proposal.screening.pk])
        assert "ei saa yhteyttä" in client.get(page).content.decode()

    def test_what_was_typed_comes_back_with_the_error(self, client, screener, proposal):
        client.force_login(screener)
        url = reverse("budgeting_assessing:ask", args=[proposal.screening.pk])
        response = client.post(url, {"question-text": "Pitkä " * 300})
        assert response.status_code == 422
        assert "Pitkä Pitkä" in response.content.decode()


class TestNote:
    def test_stands_with_author_and_time_for_staff_only(self, client, browser, screener, proposal):
        client.force_login(screener)
        url = reverse("budgeting_assessing:note", args=[proposal.screening.pk])
        client.post(url, {"note-text": "Kysy <b>kaavoituksesta</b>."})
        note = ScreeningNote.objects.get()
        assert (note.author, note.created_at is not None) == (screener, True)
        page = reverse("budgeting_screening:edit", args=[proposal.screening.pk])
        assert "Kysy &lt;b&gt;kaavoituksesta" in client.get(page).content.decode()
        for address in (proposal.get_absolute_url(), desk()):
            assert "kaavoituksesta" not in browser.get(address).content.decode()

    def test_is_refused_to_others(self, moderator, proposal):
        with pytest.raises(ScreeningError):
            add_note(screening=proposal.screening, text="x", user=moderator)
