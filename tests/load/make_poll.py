"""`python -m tests.load.make_poll VOTERS`: an open round on the database of DATA_DIR or DATABASE_URL; prints it as JSON."""

import json
import secrets
import sys
from datetime import timedelta

import django


def main() -> None:
    django.setup()
    from django.utils import timezone

    from budgeting_blocks.domain.phases import Kind, Window
    from budgeting_blocks.models import BallotBox, CodeBatch, Proposal, RuleVersion, Screening, Theme, VotingRight
    from budgeting_blocks.selectors.rules import draft_rules
    from budgeting_blocks.services.codes import hash_code
    from budgeting_blocks.services.rounds import create_round
    from cms.common.formtokens import make_token
    from cms.common.textkeys import random_code

    now, slug, voters = timezone.now(), f"kuorma-{secrets.token_hex(4)}", int(sys.argv[1])
    window = Window(Kind.VOTING, now - timedelta(days=1), now + timedelta(days=1))
    round = create_round(title="Kuormitus", slug=slug, budget=20_000, windows=[window])
    theme = Theme.objects.first() or Theme.objects.create(name="Liikunta", slug="liikunta")
    proposals = []
    for number in range(8):
        text = {"title": f"Ehdotus {number}", "summary": "Tiivistelmä", "description": "Kuvaus"}
        proposal = Proposal(round=round, theme=theme, live=True, first_published_at=now, **text)
        proposal.save()
        Screening.objects.create(proposal=proposal, state="proceeds", cost=1000 + number, reasons="Toteutettavissa.")
        proposals.append(proposal.pk)
    frozen = draft_rules(round)
    RuleVersion.objects.create(
        round=round, number=1, document=frozen.document(), fingerprint=frozen.fingerprint, created_at=now
    )
    BallotBox.objects.get_or_create(round=round)
    batch = CodeBatch.objects.create(round=round, label="Kuormitus", size=voters, created_at=now)
    codes = [random_code(12) for _voter in range(voters)]
    VotingRight.objects.bulk_create(
        [VotingRight(round=round, batch=batch, secret_hash=hash_code(round, code)) for code in codes], batch_size=500
    )
    tokens = [make_token() for _voter in range(voters)]
    print(json.dumps({"slug": slug, "proposals": proposals, "codes": codes, "tokens": tokens}))


if __name__ == "__main__":
    main()
