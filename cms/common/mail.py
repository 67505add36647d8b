"""Mail to residents and staff: rendered in their language, sent after the transaction, by a task."""

import logging
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django_tasks import task

from cms.common.outbox import send_or_keep

logger = logging.getLogger(__name__)


@task()
def deliver_mail(subject: str, body: str, to: str, headers: dict[str, str] | None = None) -> None:
    """Hand one message to the mail server; one that it does not take is kept and tried again (`cms.common.outbox`)."""
    send_or_keep({"subject": subject, "body": body, "to": [to], "headers": headers})


def _enqueue(subject: str, body: str, to: str, headers: dict[str, str] | None) -> None:
    try:
        deliver_mail.enqueue(subject, body, to, headers)
    except Exception:  # the act that the mail tells of is done and must not fail for it
        logger.exception("A message could not be queued")


def send_mail_on_commit(
    *, to: str, template: str, context: dict[str, Any], language: str = "fi", headers: dict[str, str] | None = None
) -> None:
    """Send `{template}.subject.txt` and `{template}.txt` to one address once the current transaction is committed.

    Line breaks in the subject are folded to spaces, so that nothing typed by a resident can add a header. `headers` are
    ours, never typed.
    """
    with translation.override(language):
        subject = " ".join(render_to_string(f"{template}.subject.txt", context).split())
        body = render_to_string(f"{template}.txt", context).strip() + "\n"
    transaction.on_commit(lambda: _enqueue(subject, body, to, headers))


def absolute_url(path: str) -> str:
    """The address of this path on the site as it stands in a mail or on paper."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def unsubscribe_headers(url: str) -> dict[str, str]:
    """Headers by which a mail program offers to stop these messages with one press; `url` takes its post."""
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
