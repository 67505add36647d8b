"""A mail server that is down, slow or refuses an address: the act succeeds, and the mail goes later, once."""

from __future__ import annotations

import logging
from io import StringIO
from pathlib import Path
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command

from cms.common import outbox
from cms.common.mail import deliver_mail


class Server:
    """What the mail server does with the next message; None: takes it."""

    error: Exception | None = None


class Backend(EmailBackend):
    def send_messages(self, messages: list) -> int:
        if Server.error is not None:
            raise Server.error
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.EMAIL_BACKEND = "tests.cms.test_outbox.Backend"
    settings.OUTBOX_ROOT = tmp_path / "outbox"
    monkeypatch.setattr(Server, "error", None)
    return settings.OUTBOX_ROOT


def send() -> None:
    deliver_mail.enqueue("Hei", "Koodisi: ABCD", "matti@example.com", {"X-A": "1"})


def test_what_the_server_did_not_take_goes_later_once(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    Server.error = SMTPServerDisconnected("away, matti@example.com")
    send()
    call_command("send_kept_mail", stdout=StringIO())
    [kept] = folder.iterdir()
    assert kept.stat().st_mode & 0o077 == 0 and not mail.outbox
    assert "matti" not in caplog.text, "no log line tells who was written to"
    Server.error = None
    for _time in range(2):
        call_command("send_kept_mail", stdout=StringIO())
    [message] = mail.outbox
    assert (message.to, message.body, message.extra_headers) == (["matti@example.com"], "Koodisi: ABCD", {"X-A": "1"})
    assert not list(folder.iterdir())


def test_what_another_process_is_sending_is_left_alone(folder: Path) -> None:
    Server.error = OSError("away")
    send()
    [kept] = folder.iterdir()
    kept.rename(kept.with_suffix(".sending"))
    Server.error = None
    assert outbox.send_kept() == (0, 0) and not mail.outbox


def test_a_sender_that_was_killed_in_the_middle_holds_nothing_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Server.error = OSError("away")
    send()
    [kept] = folder.iterdir()
    kept.rename(kept.with_suffix(".sending"))
    Server.error = None
    monkeypatch.setattr(outbox, "CLAIM_SECONDS", -1)
    assert outbox.send_kept() == (1, 0)


def test_an_address_that_does_not_exist_is_not_tried_again(folder: Path) -> None:
    Server.error = SMTPRecipientsRefused({"matti@example.com": (550, b"no such user")})
    send()
    assert not folder.exists()


def test_an_address_that_is_refused_for_now_is(folder: Path) -> None:
    Server.error = SMTPRecipientsRefused({"matti@example.com": (451, b"try later")})
    send()
    assert len(list(folder.iterdir())) == 1


def test_after_a_day_it_is_given_up(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    Server.error = OSError("away")
    send()
    monkeypatch.setattr(outbox, "KEPT_SECONDS", -1)
    with caplog.at_level(logging.ERROR):
        assert outbox.send_kept() == (0, 0)
    assert not list(folder.iterdir()) and "given up" in caplog.text
