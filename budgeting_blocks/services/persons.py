"""One key for one person within one round, made of what tells who they are, and telling it to nobody.

The identifier is never stored. The key is an HMAC with the installation's secret and the round's own salt: another round
gives the same person another key, and who copies the database cannot try identity numbers through.
"""

from __future__ import annotations

import re
from enum import StrEnum

from django.utils.crypto import salted_hmac

from budgeting_blocks.models import BallotBox, Round
from cms.common import mailconfirm


class PersonKind(StrEnum):
    """What kind of identifier it is. The same person under two kinds is two persons to the register."""

    HETU = "hetu"
    DOCUMENT = "document"
    MAIL = "mail"
    SUBJECT = "subject"


# Day, century sign, individual number, check sign. The shape catches slips of the hand; that somebody may vote is told by a
# register or by staff who saw the card, never by the check sign, which anybody can work out.
_HETU = re.compile(r"[0-3]\d[01]\d{3}[-+A-FU-Y]\d{3}[0-9A-Y]")
# Mail services that take no notice of dots.
_DOTLESS = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}


def has_hetu_shape(text: str) -> bool:
    """Whether this could be a Finnish personal identity code. It proves nothing."""
    return bool(_HETU.fullmatch(_tidy(text)))


def fold_address(address: str) -> str:
    """One form for the addresses that lead to one mailbox: case, `+tag`, and Gmail's dots do not make a new voter."""
    local, _at, host = mailconfirm.fold_address(address).rpartition("@")
    if host in _DOTLESS:
        local, host = local.replace(".", ""), _DOTLESS[host]
    return f"{local}@{host}"


def person_hash(round: Round, kind: PersonKind, identifier: str) -> str:
    """64 hexadecimal signs, the same whenever the same person comes to the same round with the same kind of identifier."""
    salt = BallotBox.objects.get_or_create(round=round)[0].salt
    text = fold_address(identifier) if kind is PersonKind.MAIL else identifier
    if kind in (PersonKind.HETU, PersonKind.DOCUMENT):
        text = _tidy(text)
    return salted_hmac(f"budgeting_blocks.person:{salt}:{kind}", text, algorithm="sha256").hexdigest()


def _tidy(text: str) -> str:
    """Without spaces, in capitals, with a plain hyphen."""
    return re.sub(r"\s", "", text.upper()).translate({0x2010: "-", 0x2011: "-", 0x2013: "-", 0x2212: "-"})
