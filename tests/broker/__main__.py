"""`python -m tests.broker PORT CALLBACK`: serve the broker on 127.0.0.1 until it is stopped. Its database is a file that goes
with it. `CLIENT`: the name and secret of its one client."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings

from tests.broker.people import PEOPLE

CLIENT = ("osallistu", "only-for-the-demo")


def configure(folder: Path) -> None:
    """A Django site of its own, with a key of its own."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    settings.configure(
        SECRET_KEY="only-for-the-demo-broker-and-its-tests-whose-people-do-not-exist",
        DEBUG=False,
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="tests.broker.urls",
        SESSION_COOKIE_NAME="broker-session",
        CSRF_COOKIE_NAME="broker-csrf",
        LOGIN_URL="/",
        USE_TZ=True,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "broker.sqlite3"}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "allauth",
            "allauth.account",
            "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        IDP_OIDC_PRIVATE_KEY=key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
        IDP_OIDC_ADAPTER="tests.broker.adapter.BrokerAdapter",
    )


def fill(callback: str) -> None:
    """The tables, the people, and the one client."""
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    for name in PEOPLE:
        User.objects.create_user(name)
    client = Client(id=CLIENT[0], name="Osallistu", scopes="openid\nprofile", redirect_uris=callback, skip_consent=True)
    client.set_secret(CLIENT[1])
    client.save()


class QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


def main() -> None:
    port, callback = int(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        configure(Path(folder))
        django.setup()
        fill(callback)
        from django.core.wsgi import get_wsgi_application

        with make_server("127.0.0.1", port, get_wsgi_application(), handler_class=QuietHandler) as server:
            print(
                f"OIDC_ISSUER=http://127.0.0.1:{port} OIDC_CLIENT_ID={CLIENT[0]} OIDC_CLIENT_SECRET={CLIENT[1]}",
                flush=True,
            )
            server.serve_forever()


if __name__ == "__main__":
    main()
