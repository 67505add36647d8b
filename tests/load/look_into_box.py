"""`python -m tests.load.look_into_box SLUG [COOKIE…]`: counts ballots, used rights and receipts; each cookie's receipt must be
there, and the database must write to the disk before it acknowledges anything."""

import sys
from http.cookies import SimpleCookie

import django

# Which a site on SQLite and one on PostgreSQL must have set.
DURABLE = {
    "sqlite": {"PRAGMA journal_mode": "wal", "PRAGMA synchronous": 2},
    "postgresql": {"SHOW fsync": "on", "SHOW synchronous_commit": "on"},
}


def main() -> None:
    django.setup()
    from django.core import signing
    from django.db import connection
    from django.urls import reverse

    from budgeting_blocks.models import Ballot, Round, VoteReceipt, VotingRight

    with connection.cursor() as cursor:
        for question, answer in DURABLE[connection.vendor].items():
            cursor.execute(question)
            assert cursor.fetchone() == (answer,), question
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
