"""`python -m tests.load.look_into_box SLUG [COOKIE…]`: counts ballots, used rights and receipts; each cookie's receipt must be
there."""

import sys
from http.cookies import SimpleCookie

import django


def main() -> None:
    django.setup()
    from django.core import signing
    from django.urls import reverse

    from budgeting_blocks.models import Ballot, Round, VoteReceipt, VotingRight

    slug, cookies = sys.argv[1], sys.argv[2:]
    round = Round.objects.get(slug=slug)
    path = reverse("budgeting:vote_receipt", args=[slug])
    stored = set(VoteReceipt.objects.filter(round=round).values_list("code", flat=True))
    for cookie in cookies:
        payload = signing.loads(SimpleCookie(cookie)["receipt"].value, salt=f"cms.common.receipts:{path}")
        if payload["code"] not in stored:
            raise SystemExit(f"the acknowledged receipt {payload['code']} is not in the box")
    ballots = Ballot.objects.filter(round=round)
    assert all(ballots.values_list("choices", flat=True)), "a ballot without choices"
    used = VotingRight.objects.filter(round=round, used=True).count()
    print(ballots.count(), used, len(stored))


if __name__ == "__main__":
    main()
