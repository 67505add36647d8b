"""Messages that the mail server did not take, kept as files until it does.

A file is readable by the site alone and goes when its message has left. Nothing of it is in the database: a row would lie
there beside others for good, in backups too.
"""

from __future__ import annotations

import json
import logging
import secrets
import time
from contextlib import suppress
from pathlib import Path
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage

logger = logging.getLogger(__name__)

KEPT_SECONDS = 24 * 60 * 60
# A sender that was killed in the middle leaves its claim behind.
CLAIM_SECONDS = 60 * 60


def send_or_keep(message: dict[str, Any]) -> None:
    """Hand `message` (arguments of EmailMessage) to the mail server, or keep it for `send_kept`."""
    if not _send(message):
        _keep(message)


def send_kept() -> tuple[int, int]:
    """Try once more what is kept. Returns how many left and how many wait; those that are too old are given up.

    Several may run at once: each file is claimed by renaming it, which only one can.
    """
    left, waiting = 0, 0
    _release_old_claims()
    for path in sorted(_folder().glob("*.json")):
        claim = path.with_suffix(".sending")
        try:
            path.rename(claim)
        except FileNotFoundError:
            continue
        if _send(json.loads(claim.read_text())):
            left += 1
        elif time.time() - float(path.name.partition("-")[0]) < KEPT_SECONDS:
            claim.rename(path)
            waiting += 1
            continue
        else:
            logger.error("A message could not be sent within a day and was given up.")
        claim.unlink()
    return left, waiting


def _send(message: dict[str, Any]) -> bool:
    """Whether nothing is left to do: the message is gone, or never will be taken."""
    try:
        EmailMessage(**message).send()
    except Exception as error:  # whatever the server or the way to it does, the act that the mail tells of is done
        # The error itself may name the address: whose it is stays out of the log.
        logger.warning("The mail server did not take a message: %s", type(error).__name__)
        return _is_final(error)
    return True


def _is_final(error: Exception) -> bool:
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in error.recipients.values())
    return isinstance(error, SMTPDataError) and error.smtp_code >= 500


def _keep(message: dict[str, Any]) -> None:
    path = _folder() / f"{int(time.time())}-{secrets.token_hex(8)}.json"
    draft = path.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(message))
    draft.rename(path)


def _release_old_claims() -> None:
    for claim in _folder().glob("*.sending"):
        with suppress(FileNotFoundError):
            if time.time() - claim.stat().st_ctime > CLAIM_SECONDS:
                claim.rename(claim.with_suffix(".json"))


def _folder() -> Path:
    folder = Path(settings.OUTBOX_ROOT)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
