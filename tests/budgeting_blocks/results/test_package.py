"""The round package: anybody counts the round again and comes to the same winners, and nobody finds a voter in it."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from budgeting_blocks.domain.countlog import BoxBallot, count_box
from budgeting_blocks.domain.freezing import WHOLE_ROUND, Frozen, Item, PotShare, Rules
from budgeting_blocks.domain.pbexport import About, project_ids, tally_options, write_pot
from budgeting_blocks.domain.rules import BallotKind, Completion, CountRule, TieRule, Utility
from budgeting_blocks.models import Ballot, RoundResult, VoteReceipt
from budgeting_blocks.services.package import round_package
from tests.budgeting_blocks.results.test_delivery import Publish
from tests.budgeting_blocks.voting.conftest import Vote


@pytest.fixture
def package(vote: Vote, counted: RoundResult, publish: Publish) -> dict[str, str]:
    publish(counted)
    response = Client().get(reverse("budgeting:round_package", args=[vote.round.slug]))
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def tally(text: str, options: str, folder: Path) -> dict:
    path, out = folder / "ballots.pb", io.StringIO()
    path.write_text(text)
    call_command("tally", str(path), *options.split(), "--json", stdout=out)
    return json.loads(out.getvalue())


def test_tally_on_it_gives_the_same_winners(vote: Vote, package: dict[str, str], tmp_path: Path) -> None:
    options = re.search(r"tally ballots\.pb (.+)", package["LUEMINUT.txt"]).group(1)
    ids = project_ids([vote.gym.pk, vote.bench.pk, vote.swing.pk], Rules())
    found = tally(package["ballots.pb"], options, tmp_path)
    assert found["selected"] == [ids[vote.gym.pk], ids[vote.swing.pk]]
    assert (found["cost"], found["voters"]) == (18_000, 19)


def test_its_checksums_are_right_and_its_bytes_never_change(vote: Vote, package: dict[str, str]) -> None:
    for line in package["SHA256SUMS"].splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(package[name].encode()).hexdigest() == digest
    assert len(package["SHA256SUMS"].splitlines()) == len(package) - 1
    assert round_package(vote.round) == round_package(vote.round)


def test_it_holds_what_the_count_stood_on(vote: Vote, package: dict[str, str]) -> None:
    assert json.loads(package["rules.json"])[0]["document"]["items"][str(vote.gym.pk)]["cost"] == 10_000
    assert json.loads(package["count-log.json"])["log"]["pots"][0]["selected"] == [vote.gym.pk, vote.swing.pk]
    assert "Ulkokuntosali" in package["projects.csv"]
    seal = json.loads(package["seal.json"])
    lines = "".join(sorted(package["box.txt"].splitlines(keepends=True)))
    assert hashlib.sha256(lines.encode()).hexdigest() == seal["ballots_digest"]


def test_nothing_in_it_joins_a_ballot_with_a_receipt_or_a_moment(package: dict[str, str]) -> None:
    receipts = package["receipts.txt"].splitlines()
    assert receipts == sorted(VoteReceipt.objects.values_list("code", flat=True)) and len(receipts) == 19
    ballots = package["ballots.pb"]
    assert not any(code in ballots for code in receipts)
    assert not any(str(pk) in ballots for pk in Ballot.objects.values_list("pk", flat=True))
    votes = ballots.split("VOTES\n")[1].splitlines()
    assert votes[0] == "voter_id;vote"
    kinds = [row.split(";")[1] for row in votes[1:]]
    assert kinds == sorted(kinds), "by content, not by arrival"


def test_ways_of_few_voters_keep_the_sealed_lines_out(vote: Vote, counted: RoundResult, publish: Publish) -> None:
    from budgeting_blocks.models import guards

    with guards.lifted():
        Ballot.objects.filter(pk=Ballot.objects.first().pk).update(means="desk")
    publish(counted)
    with zipfile.ZipFile(io.BytesIO(round_package(vote.round))) as archive:
        assert "box.txt" not in archive.namelist()


SEED = "siemen"
ABOUT = About(title="Osbu", unit="Hyvinkää", begins=date(2026, 3, 1), ends=date(2026, 3, 15))
RULES = [
    Rules(count_rule=CountRule.GREEDY),
    Rules(count_rule=CountRule.GREEDY, threshold=3),
    Rules(count_rule=CountRule.GREEDY_STOP),
    Rules(count_rule=CountRule.EQUAL_SHARES, completion=Completion.NONE),
    Rules(count_rule=CountRule.EQUAL_SHARES, completion=Completion.ADD1),
    Rules(count_rule=CountRule.EQUAL_SHARES, completion=Completion.ADD1_GREEDY, utility=Utility.CARDINALITY),
    Rules(tie_rule=TieRule.LOT),
    Rules(tie_rule=TieRule.MORE_VOTES, count_rule=CountRule.EQUAL_SHARES, completion=Completion.NONE),
    Rules(ballot_kind=BallotKind.POINTS, max_points=6, max_points_per_item=3),
]


@st.composite
def rounds(draw: st.DrawFn) -> tuple[Frozen, list[BoxBallot]]:
    """Eight to twelve items, also across the step from one to two digits, and a dozen ballots."""
    rules = draw(st.sampled_from(RULES))
    first = draw(st.integers(1, 9))
    items = {
        pk: Item(draw(st.integers(5, 60)) * 100, WHOLE_ROUND, f"Ehdotus {pk}; ”{pk}”")
        for pk in range(first, first + draw(st.integers(8, 12)))
    }
    frozen = Frozen(rules, (PotShare(WHOLE_ROUND, "Koko raha", 10_000),), items, means={})
    box = []
    for _number in range(12):
        chosen, left = [], 10_000
        for pk in draw(st.lists(st.sampled_from(sorted(items)), min_size=1, max_size=4, unique=True)):
            if items[pk].cost <= left:
                chosen.append((pk, draw(st.integers(1, 2)) if rules.ballot_kind is BallotKind.POINTS else 1))
                left -= items[pk].cost
        if rules.ballot_kind is BallotKind.POINTS:
            chosen = chosen[:3]
        box.append(BoxBallot("code", "medium", tuple(sorted(chosen)), 1))
    return frozen, box


@given(rounds())
@settings(max_examples=15, deadline=None)
def test_a_file_of_any_rule_counts_as_the_round_did(tmp_path_factory, made: tuple[Frozen, list[BoxBallot]]) -> None:
    frozen, box = made
    count = count_box(frozen, box, seed=SEED)
    text = pb_text(frozen, box)
    seed = SEED if frozen.rules.tie_rule is TieRule.LOT else ""
    found = tally(text, tally_options(frozen.rules, seed), tmp_path_factory.mktemp("pb"))
    ids = project_ids(frozen.items, frozen.rules)
    assert found["selected"] == [ids[item] for item in count.winners]
    assert not found["warnings"]


def pb_text(frozen: Frozen, box: list[BoxBallot]) -> str:
    [pot] = count_box(frozen, box, seed=SEED).pots
    titles = {pk: item.title for pk, item in frozen.items.items()}
    return write_pot(pot, box, frozen.rules, ABOUT, titles=titles, alone=True, seed=SEED)


def is_beyond_the_checker(frozen: Frozen, box: list[BoxBallot]) -> bool:
    """Whether the checker gives up on a file of Equal Shares whatever it says, or never ends with it.

    Among items of equal price and votes it has no further rule. By Add1 it may meet them in any of its runs, also in the
    overspent one; and where all that anybody wants can be bought, it raises the shares for ever.
    """
    if frozen.rules.count_rule is not CountRule.EQUAL_SHARES:
        return False
    [pot] = count_box(frozen, box, seed=SEED).pots
    wanted = {item.item: (item.cost, item.votes) for item in pot.items if item.votes}
    if frozen.rules.completion is Completion.NONE:
        tied = [tie.items for tie in pot.result.ties]
    else:
        tied = [tuple(wanted)]
        if sum(cost for cost, _votes in wanted.values()) <= pot.share.budget:
            return True
    return any(len({wanted[item] for item in items}) < len(items) for items in tied)


# The checker judges neither another utility nor another order of ties, and says so of any such file.
CHECKED = [rules for rules in RULES if rules.utility is Utility.COST and rules.tie_rule is TieRule.CHEAPER]


@given(rounds())
@settings(max_examples=15, deadline=None)
def test_pabulib_checker_has_nothing_to_say(made: tuple[Frozen, list[BoxBallot]]) -> None:
    checker = pytest.importorskip("pabulib.checker")
    frozen, box = made
    if frozen.rules not in CHECKED:
        frozen = replace(frozen, rules=RULES[0])
    assume(not is_beyond_the_checker(frozen, box))
    judge = checker.Checker()
    judge.process_files([pb_text(frozen, box)])
    [found] = [value for key, value in judge.results.items() if key != "metadata" and key != "summary"]
    assert not found["results"].get("errors") and not found["results"].get("warnings"), found


def test_a_round_of_pots_has_a_file_for_each(vote: Vote) -> None:
    north, south = PotShare(1, "Pohjoinen", 6000), PotShare(2, "Etelä", 5000)
    items = {1: Item(4000, 1, "A"), 2: Item(3000, 1, "B"), 3: Item(5500, 2, "C"), 4: Item(2000, 2, "D")}
    frozen = Frozen(replace(Rules(), leftover="passed-on"), (north, south), items, means={})
    box = [BoxBallot("code", "medium", ((1, 1), (3, 1)), 5), BoxBallot("paper", "medium", ((2, 1), (4, 1)), 2)]
    count = count_box(replace(frozen, rules=Rules.of({"leftover": "passed-on"})), box)
    assert [pot.received for pot in count.pots] == [0, 2000]
    assert count.winners == (1, 3), "the money that the north left lets the south have its dear one"
