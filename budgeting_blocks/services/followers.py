"""Word to those who follow a proposal."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from budgeting_blocks.models import Proposal, ProposalFollow
from budgeting_blocks.services.voices import FOLLOW_DAYS, unsubscribe_token
from cms.common.mail import absolute_url, send_mail_on_commit, unsubscribe_headers


def tell_followers(proposal: Proposal, letter: str, **context: Any) -> int:
    """Send `budgeting_blocks/mail/{letter}` to every confirmed follower of a public proposal, on commit.

    The letter gets `proposal_url`, `unfollow_url` and the context. Returns how many are told.
    """
    if not (proposal.live and proposal.round.live):
        return 0
    follows = ProposalFollow.objects.filter(proposal=proposal, confirmed_at__isnull=False)
    for follow in follows:
        with translation.override(follow.language):
            # The number alone: the rest of the address is made of the author's words.
            proposal_url = absolute_url(reverse("budgeting:proposal_short", args=[proposal.pk]))
            token = unsubscribe_token(follow)
            unfollow_url = absolute_url(reverse("budgeting:unfollow", args=[token]))
            one_press_url = absolute_url(reverse("budgeting:unfollow_now", args=[token]))
        send_mail_on_commit(
            to=follow.email,
            template=f"budgeting_blocks/mail/{letter}",
            context={
                "site_name": settings.WAGTAIL_SITE_NAME,
                "days": FOLLOW_DAYS,
                "proposal_url": proposal_url,
                "unfollow_url": unfollow_url,
                **context,
            },
            language=follow.language,
            headers=unsubscribe_headers(one_press_url),
        )
    return len(follows)
