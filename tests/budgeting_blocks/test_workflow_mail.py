"""The moderators' mail about a proposal never decides whether the proposal arrives."""

import socket

import pytest
from django.core import mail
from django.core.cache import caches
from django.urls import reverse
from wagtail.admin import mail as wagtail_mail

from budgeting_blocks.models import Proposal
from cms.common.formtokens import make_token
from home.setup.moderation import ensure_moderation
from tests.budgeting_blocks.proposing import propose


@pytest.fixture
def send(browser, proposing_round, theme, moderator):
    caches["shared"].clear()
    ensure_moderation()

    def post(**changes: object):
        text = {"title": "Grillipaikka", "summary": "Lyhyesti", "description": "Pitkästi", "theme": theme.pk}
        data = {"form_token": make_token(), "email": "asukas@example.com", **text, **changes}
        return propose(browser, reverse("budgeting:propose", args=[proposing_round.slug]), data)

    return post


class NoSuchServer:
    def open(self) -> None:
        raise socket.gaierror("no such host")

    def close(self) -> None: ...


def test_moderators_hear_of_it_after_the_commit(send, moderator, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert send().status_code == 303
        assert mail.outbox == []
    assert [moderator.email] in [message.to for message in mail.outbox]


def test_a_mail_server_that_is_away_loses_no_proposal(send, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(wagtail_mail, "get_connection", NoSuchServer)
    with django_capture_on_commit_callbacks(execute=True):
        assert send().status_code == 303
    assert Proposal.objects.get().workflow_in_progress
    assert ["asukas@example.com"] in [message.to for message in mail.outbox]


def test_a_line_break_in_a_title_keeps_no_moderator_uninformed(send, moderator, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert send(title="Grillipaikka\r\nBcc: x@evil.test").status_code == 303
    assert Proposal.objects.get().title == "Grillipaikka Bcc: x@evil.test"
    assert [moderator.email] in [message.to for message in mail.outbox]
