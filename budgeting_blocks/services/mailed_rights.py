"""A code to vote with, sent to an address that is forgotten at once."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from budgeting_blocks.domain.eligibility import Facts
from budgeting_blocks.domain.rules import MeansKind
from budgeting_blocks.models import Round
from budgeting_blocks.selectors.rules import rules_in_force
from budgeting_blocks.services.persons import PersonKind, person_hash
from budgeting_blocks.services.rights import (
    MAILED_HOURS,
    AlreadyVoted,
    RightRefused,
    declaration_text,
    give_right,
    mailed_code,
)
from budgeting_blocks.services.sheets import voting_address
from cms.common import ratelimit
from cms.common.mail import send_mail_on_commit

PER_ADDRESS = 3
PER_ADDRESS_SECONDS = 3600
# A library or a school sends many from one address of the network.
PER_VISITOR = 40
IN_ALL = 3000
VISITOR_SECONDS = 600


class TooManyMails(RightRefused):
    """Mails to this address, from this visitor or in all came too thick."""


def mail_right(*, round: Round, address: str, declared: bool, visitor: str, now: datetime) -> None:
    """Send a one-time code to `address`; `visitor` is the network address that asks, `declared` what the voter said.

    The answer is the same whether the address has voted or not: only the mail tells. Raises RightRefused when the round does
    not vote by mail now, and TooManyMails. The mail has no word in it that the sender typed.
    """
    if declaration_text(rules_in_force(round).rules) and not declared:
        raise RightRefused(_("Vahvista, että sinulla on oikeus äänestää."), "declared")
    # Outside the transaction: a refusal would take the counting back.
    for scope, ident, limit in (("vote-mail-from", visitor, PER_VISITOR), ("vote-mail-all", "all", IN_ALL)):
        if not (decision := ratelimit.check(scope, ident, limit, VISITOR_SECONDS)):
            raise TooManyMails(decision.reason, "email")
    person = person_hash(round, PersonKind.MAIL, address)
    if not (decision := ratelimit.check("vote-mail-to", person, PER_ADDRESS, PER_ADDRESS_SECONDS)):
        raise TooManyMails(decision.reason, "email")
    with transaction.atomic():
        code = mailed_code(round, person, now)
        try:
            give_right(round=round, means=MeansKind.MAIL, person=person, facts=Facts(), now=now, secret=code)
        except AlreadyVoted:
            code = ""
        if not round.rehearsal_of_id:
            _send(round, address, code)


def _send(round: Round, address: str, code: str) -> None:
    language = get_language() or "fi"
    with translation.override(language):
        url = voting_address(round)
    # What follows the sign # never reaches the server: the code gets into no log, and whoever opens the link in the
    # receiver's place, such as a mail scanner, does nothing.
    send_mail_on_commit(
        to=address,
        template="budgeting_blocks/mail/" + ("vote_code" if code else "vote_given"),
        context={
            "round": round,
            "code": code,
            "url": f"{url}#{code}",
            "hours": MAILED_HOURS,
            "site_name": settings.WAGTAIL_SITE_NAME,
        },
        language=language,
    )
