"""One pot's ballots as a file that the Pabulib library takes. Plain Python.

Ballots carry no key but their place among the sorted ones, no time, no channel and no background.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from budgeting_blocks.domain.counting import Election, count
from budgeting_blocks.domain.countlog import BoxBallot, CountedPot, engine_rules
from budgeting_blocks.domain.freezing import Rules
from budgeting_blocks.domain.pabulib import FileHead, ProjectWords, write_file
from budgeting_blocks.domain.rules import BallotKind, BallotScope, Completion, CountRule, TieRule


@dataclass(frozen=True, slots=True)
class About:
    """What META says of the round."""

    title: str
    unit: str
    begins: date
    ends: date


def project_ids(items: Iterable[int], rules: Rules) -> dict[int, str]:
    """Ids as texts of one length, so that texts and numbers have the same order: the last resort of ties. A lot is drawn
    on the plain number, and nothing comes after it."""
    known = sorted(items)
    width = len(str(known[-1])) if known and rules.tie_rule is not TieRule.LOT else 1
    return {item: f"{item:0{width}}" for item in known}


def write_pot(
    pot: CountedPot,
    ballots: Iterable[BoxBallot],
    rules: Rules,
    about: About,
    *,
    titles: Mapping[int, str],
    alone: bool,
    seed: str = "",
) -> str:
    """The file's text. `titles`: of every item of the round. `alone`: the pot is all of the round, so that a ballot's limits
    hold in the file as well.

    Items that nobody chose are left out: the format takes them for items that were on no ballot.
    """
    ids = project_ids(titles, rules)
    costs = {ids[item.item]: item.cost for item in pot.items if item.votes}
    weights: dict[tuple[tuple[str, int], ...], int] = {}
    for ballot in ballots:
        if part := tuple((ids[item], points) for item, points in ballot.choices if ids[item] in costs):
            weights[part] = weights.get(part, 0) + ballot.weight
    election = Election.of(pot.share.budget + pot.received, costs, [dict(part) for part in weights], weights.values())
    lengths = [len(part) for part in weights]
    head = FileHead(
        description=about.title if alone else f"{about.title}: {pot.share.name}",
        unit=about.unit,
        instance=str(about.ends.year),
        vote_type=_vote_type(rules, lengths),
        date_begin=about.begins,
        date_end=about.ends,
        subunit="" if alone else pot.share.name,
        limits=_limits(rules, lengths, len(costs), pot.share.budget, alone=alone),
    )
    words: dict[int | str, ProjectWords] = {ids[item]: ProjectWords(name=title) for item, title in titles.items()}
    return write_file(head, count(election, engine_rules(rules, seed)), words)


def _vote_type(rules: Rules, lengths: list[int]) -> str:
    if rules.ballot_kind is BallotKind.POINTS:
        return "cumulative"
    return "choose-1" if rules.max_choices == 1 and max(lengths, default=1) == 1 else "approval"


def _limits(rules: Rules, lengths: list[int], projects: int, budget: int, *, alone: bool) -> dict[str, int]:
    limits: dict[str, int] = {}
    if rules.ballot_kind is BallotKind.POINTS:
        limits = {"max_points": rules.max_points_per_item or 0, "max_sum_points": rules.max_points or 0}
    if not (alone or rules.ballot_scope is not BallotScope.ACROSS) or _vote_type(rules, lengths) == "choose-1":
        return {name: limit for name, limit in limits.items() if limit}
    if 1 < rules.min_choices <= min(lengths, default=0):
        limits["min_length"] = rules.min_choices
    # A limit that nobody came to would be taken for a wrong one.
    if rules.max_choices and 1 < max(lengths, default=0) == rules.max_choices <= projects:
        limits["max_length"] = rules.max_choices
    if rules.ballot_kind is BallotKind.KNAPSACK:
        limits["max_sum_cost"] = budget
    return {name: limit for name, limit in limits.items() if limit}


def tally_options(rules: Rules, seed: str = "") -> str:
    """What `manage.py tally` is told to count by these rules."""
    options = [f"--rule {rules.count_rule}"]
    if rules.count_rule is CountRule.EQUAL_SHARES:
        options += [f"--utility {rules.utility}", f"--completion {rules.completion}"]
        if rules.completion in (Completion.ADD1, Completion.ADD1_GREEDY):
            options += [f"--add1-stop {rules.add1_stop}", f"--increment {rules.increment}"]
    if rules.tie_rule is not TieRule.CHEAPER:
        options.append(f"--tie-rule {rules.tie_rule}")
    if seed:
        options.append(f"--seed {shlex.quote(seed)}")
    if rules.threshold:
        options.append(f"--threshold {rules.threshold}")
    return " ".join(options)
