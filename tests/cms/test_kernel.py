"""Mail, retention, security headers, images, staff accounts."""

import logging
from datetime import UTC, datetime

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.template import Template
from django.test import Client

from cms.common import mail as kernel_mail
from cms.common import retention
from cms.common.decision import Decision
from cms.common.retention import RetentionPolicy
from cms.images.models import CityImage
from cms.users.checks import check_demo_accounts, refuse_demo_accounts
from cms.users.models import User
from home.models import HomePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(monkeypatch) -> None:
    texts = {"t/letter.subject.txt": "Hei\n Bcc: x@evil.test", "t/letter.txt": "\n{{ name }}\n"}

    def render(name: str, context: dict) -> str:
        from django.template import Context

        return Template(texts[name]).render(Context(context))

    monkeypatch.setattr(kernel_mail, "render_to_string", render)


def test_mail_goes_out_when_the_transaction_is_done(letter, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        kernel_mail.send_mail_on_commit(to="a@example.com", template="t/letter", context={"name": "Aino"})
        assert not mail.outbox
    assert [message.to for message in mail.outbox] == [["a@example.com"]]
    assert "Aino" in mail.outbox[0].body


def test_a_line_break_in_a_subject_adds_no_header(letter, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        kernel_mail.send_mail_on_commit(to="a@example.com", template="t/letter", context={})
    assert mail.outbox[0].subject == "Hei Bcc: x@evil.test"
    assert mail.outbox[0].recipients() == ["a@example.com"]


def test_a_dead_mail_server_does_not_undo_the_act(
    letter, django_capture_on_commit_callbacks, settings, caplog, tmp_path
) -> None:
    settings.OUTBOX_ROOT = tmp_path
    settings.EMAIL_BACKEND = "tests.cms.test_kernel.NoSuchBackend"
    with caplog.at_level(logging.CRITICAL), django_capture_on_commit_callbacks(execute=True):
        kernel_mail.send_mail_on_commit(to="a@example.com", template="t/letter", context={})
    assert not mail.outbox


def test_the_nightly_command_obeys_every_policy(monkeypatch, capsys) -> None:
    monkeypatch.setattr(retention, "_policies", {})
    asked: list[datetime] = []
    retention.register(RetentionPolicy("old", "vanhaa", 30, lambda now: asked.append(now) or 1))
    retention.register(RetentionPolicy("a", "uutta", 30, lambda now: asked.append(now) or 2))
    retention.register(RetentionPolicy("old", "vanhaa", 60, lambda now: asked.append(now) or 3))
    call_command("purge_expired")
    assert capsys.readouterr().out.split() == ["a:", "2", "old:", "3"]
    assert len(asked) == 2
    assert all(moment.tzinfo and moment < datetime.max.replace(tzinfo=UTC) for moment in asked)


def test_every_policy_of_the_site_runs_on_an_empty_database() -> None:
    assert retention.policies()
    assert all(policy.purge(datetime(2026, 1, 1, tzinfo=UTC)) == 0 for policy in retention.policies())


def test_a_decision_is_as_true_as_it_allows() -> None:
    assert Decision.yes()
    assert not Decision.no("Ei käy.")
    assert Decision.no("Ei käy.").reason == "Ei käy."


def test_the_public_site_has_the_strict_policy_and_the_admin_its_own(home_page: HomePage) -> None:
    public = Client().get("/").headers["Content-Security-Policy"]
    admin = Client().get("/admin/login/").headers["Content-Security-Policy"]
    assert "unsafe" not in public
    assert "default-src 'none'" in public
    assert "'unsafe-inline'" in admin
    assert "nonce" not in admin
    assert "http" not in public + admin, "no other host is allowed"


def test_the_404_page_has_the_strict_policy_too(home_page: HomePage) -> None:
    assert "unsafe" not in Client().get("/ei-ole/").headers["Content-Security-Policy"]


def test_an_image_needs_an_alternative_text_or_to_be_decorative() -> None:
    with pytest.raises(ValidationError, match="koristekuva"):
        CityImage(title="Kuva").clean()
    CityImage(title="Kuva", description="Järvi.").clean()
    CityImage(title="Kuva", is_decorative=True).clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        CityImage.objects.create(title="Kuva", file="x.png", width=1, height=1)


def test_a_decorative_image_is_silent_whatever_its_text() -> None:
    assert CityImage(description="Järvi.", is_decorative=True).default_alt_text == ""
    assert CityImage(description="Järvi.").default_alt_text == "Järvi."


@pytest.fixture
def demo_user() -> User:
    return User.objects.create_user("esittely", password="kaikkien-tiedossa", is_demo=True)


def test_a_demo_account_gets_in_only_where_the_settings_let_it(demo_user: User, settings) -> None:
    assert authenticate(None, username="esittely", password="kaikkien-tiedossa") == demo_user
    settings.DEMO_ACCOUNTS_ALLOWED = False
    assert authenticate(None, username="esittely", password="kaikkien-tiedossa") is None
    User.objects.create_user("oikea", password="kaikkien-tiedossa")
    assert authenticate(None, username="oikea", password="kaikkien-tiedossa")


def test_a_demo_session_ends_where_demo_accounts_are_not_allowed(demo_user: User, settings) -> None:
    client = Client()
    client.force_login(demo_user, backend="cms.users.backends.StaffBackend")
    settings.DEMO_ACCOUNTS_ALLOWED = False
    response = client.get("/admin/")
    assert isinstance(response.wsgi_request.user, AnonymousUser)


def test_a_server_with_demo_accounts_does_not_start_in_production(demo_user: User, settings) -> None:
    refuse_demo_accounts()
    assert check_demo_accounts(None) == []
    settings.DEMO_ACCOUNTS_ALLOWED = False
    with pytest.raises(ImproperlyConfigured, match="remove_demo_accounts"):
        refuse_demo_accounts()
    assert [error.id for error in check_demo_accounts(None)] == ["users.E001"]
    call_command("remove_demo_accounts")
    refuse_demo_accounts()
    assert not User.objects.filter(is_demo=True).exists()
