"""Mail to the authors of proposals. None of the author's own words go into it: anybody can type anybody's address."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from budgeting_blocks.models import Proposal, ProposalContact, Round
from budgeting_blocks.services.follow import follow_token, hash_token
from cms.common.mail import absolute_url, send_mail_on_commit


def send_letter(
    contact: ProposalContact, letter: str, *, token: str = "", proposal: Proposal | None = None, **context: Any
) -> None:
    """Send one of the letters in `budgeting_blocks/mail/` when the transaction is done.

    `token` makes the follow-up link, `proposal` the public page's. A rehearsal sends none.
    """
    if Round.objects.filter(proposals=contact.proposal_id, rehearsal_of__isnull=False).exists():
        return  # made-up residents have no mail
    with translation.override(contact.language):
        if token:
            context["follow_url"] = absolute_url(reverse("budgeting:proposal_follow", args=[token]))
        if proposal is not None:
            # The number alone: the rest of the address is made of the author's words.
            context["proposal_url"] = absolute_url(reverse("budgeting:proposal_short", args=[proposal.pk]))
    send_mail_on_commit(
        to=contact.email,
        template=f"budgeting_blocks/mail/{letter}",
        context={"site_name": settings.WAGTAIL_SITE_NAME, "days": settings.PROPOSAL_CONTACT_DAYS, **context},
        language=contact.language,
    )


def own_token(contact: ProposalContact) -> str:
    """What opens the author's private page, or "" where it cannot be worked out any more."""
    token = follow_token(contact.proposal.submission_key or "")
    return token if hash_token(token) == contact.follow_hash else ""
