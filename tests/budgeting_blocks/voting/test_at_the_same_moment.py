"""Two people do at one moment what only one of them may: one wins, and the other is told."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.models import Ballot, IdentificationMeans, Proposal, ProposalMerge, RuleSheet, VotingRight
from budgeting_blocks.selectors.rules import rules_in_force
from budgeting_blocks.services import freezing, merging
from budgeting_blocks.services.codes import Recipient, create_code_batch
from budgeting_blocks.services.rehearsal import rehearse_round
from budgeting_blocks.services.voting import AlreadyVoted

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.mark.parametrize(
    ("first", "module", "in_the_middle"),
    [("freeze", freezing, "draft_rules"), ("merge", merging, "carry_over_voices")],
)
def test_a_merge_and_a_freeze_at_one_moment_leave_a_ballot_that_is_what_is_published(
    make_round, make_proposal, coordinator, monkeypatch, first, module, in_the_middle
) -> None:
    round = make_round(Kind.SCREENING)
    target, source = (make_proposal(round, name, state="proceeds", cost=1000) for name in ("Penkit", "Istuimet"))
    sheet = RuleSheet.objects.create(round=round, decision_body="Hallitus", decision_date=timezone.localdate())
    IdentificationMeans.objects.create(sheet=sheet, kind="code", strength="medium")
    rehearse_round(round=round, user=coordinator, voters=2)
    acts = {
        "freeze": lambda: freezing.freeze_rules(round=round, user=coordinator),
        "merge": lambda: merging.merge_proposals(sources=[source], target=target, reason="Sama.", user=coordinator),
    }
    other = next(name for name in acts if name != first)
    waiting: list[Future] = []
    usual = getattr(module, in_the_middle)

    def act(name: str) -> None:
        try:
            acts[name]()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:

        def meanwhile(*args, **kwargs):
            found = usual(*args, **kwargs)
            if not waiting:
                waiting.append(pool.submit(act, other))
                time.sleep(0.3)
                assert not waiting[0].done(), "the other did not wait"
            return found

        monkeypatch.setattr(module, in_the_middle, meanwhile)
        acts[first]()
        error = waiting[0].exception(timeout=30)
    # After the merge the freeze sees it, and that its authors may still object.
    assert isinstance(error, merging.MergeError if first == "freeze" else freezing.FreezeRefused)
    published = set(Proposal.objects.filter(round=round, live=True).values_list("pk", flat=True))
    assert set(rules_in_force(round).items) == published
    assert ProposalMerge.objects.count() == (first == "merge")


def test_of_a_persons_letter_and_desk_at_one_moment_one_is_a_vote_and_the_other_is_told(vote, coordinator) -> None:
    person = [Recipient("p" * 64)]
    codes = [
        create_code_batch(
            round=vote.round, label=label, size=1, user=coordinator, now=timezone.now(), recipients=person
        )[1][0]
        for label in ("Kirje", "Palvelupiste")
    ]
    together = Barrier(2)

    def cast(code: str) -> str:
        together.wait()
        try:
            vote.cast(vote.gym, code=code)
        except AlreadyVoted:
            return "told"
        finally:
            connection.close()
        return "voted"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(cast, codes)) == ["told", "voted"]
    assert Ballot.objects.count() == VotingRight.objects.filter(used=True).count() == 1
