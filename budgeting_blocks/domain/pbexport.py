"""One pot's ballots as a file that the Pabulib library takes. Plain Python.

Field names and their order are those of `pabulib-checker`. Ballots carry no key but their place among the sorted ones, no
time, no channel and no background.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from budgeting_blocks.domain.counting import Reason
from budgeting_blocks.domain.countlog import BoxBallot, CountedPot
from budgeting_blocks.domain.freezing import Rules
from budgeting_blocks.domain.rules import BallotKind, BallotScope, Completion, CountRule

LEFT_OUT, FUNDED, FUNDED_FROM_REST = 0, 1, 2


@dataclass(frozen=True, slots=True)
class About:
    """What META says of the round."""

    title: str
    unit: str
    begins: date
    ends: date
    language: str = "fi"


def project_ids(items: Iterable[int]) -> dict[int, str]:
    """Ids as texts of one length, so that texts and numbers have the same order: the last resort of ties."""
    known = sorted(items)
    width = len(str(known[-1])) if known else 1
    return {item: f"{item:0{width}}" for item in known}


def write_pot(
    pot: CountedPot, ballots: Iterable[BoxBallot], rules: Rules, about: About, *, titles: Mapping[int, str], alone: bool
) -> str:
    """The file's text. `titles`: of every item of the round. `alone`: the pot is all of the round, so that a ballot's limits
    hold in the file as well.

    Items that nobody chose are left out: the format takes them for items that were on no ballot.
    """
    ids = project_ids(titles)
    listed = [item for item in pot.items if item.votes]
    votes = sorted(_votes(ballots, {item.item for item in listed}, ids))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(["META"])
    writer.writerow(["key", "value"])
    writer.writerows(_meta(pot, rules, about, votes, alone=alone).items())
    with_points = rules.ballot_kind is BallotKind.POINTS
    writer.writerow(["PROJECTS"])
    writer.writerow(["project_id", "cost", "votes", *(["score"] if with_points else []), "name", "selected"])
    chosen_by = Counter(project for _key, vote in votes for project, _points in vote)
    for item in listed:
        row: list[object] = [ids[item.item], item.cost, chosen_by[ids[item.item]]]
        row += [item.votes] if with_points else []
        writer.writerow([*row, titles[item.item].strip() or ids[item.item], _selected(item.reason)])
    writer.writerow(["VOTES"])
    writer.writerow(["voter_id", "vote", *(["points"] if with_points else [])])
    for number, (_key, vote) in enumerate(votes, start=1):
        row = [number, ",".join(project for project, _points in vote)]
        writer.writerow([*row, ",".join(str(points) for _project, points in vote)] if with_points else row)
    return out.getvalue()


Vote = tuple[tuple[int, ...], tuple[tuple[str, int], ...]]


def _votes(ballots: Iterable[BoxBallot], listed: set[int], ids: Mapping[int, str]) -> list[Vote]:
    found: list[Vote] = []
    for ballot in ballots:
        part = [(ids[item], points) for item, points in ballot.choices if item in listed]
        # Most points first, as the format asks.
        part.sort(key=lambda choice: (-choice[1], choice[0]))
        if part:
            found += [(tuple(points for _item, points in part), tuple(part))] * ballot.weight
    return found


def _selected(reason: Reason) -> int:
    return {Reason.SELECTED: FUNDED, Reason.COMPLETED: FUNDED_FROM_REST}.get(reason, LEFT_OUT)


def _meta(pot: CountedPot, rules: Rules, about: About, votes: list[Vote], *, alone: bool) -> dict[str, object]:
    budget = pot.share.budget + pot.received
    costs = [item.cost for item in pot.items if item.votes]
    lengths = [len(vote) for _key, vote in votes]
    is_choose_1 = rules.ballot_kind is not BallotKind.POINTS and rules.max_choices == 1 and max(lengths, default=1) == 1
    vote_type = {BallotKind.POINTS: "cumulative"}.get(rules.ballot_kind, "choose-1" if is_choose_1 else "approval")
    name = about.title if alone else f"{about.title}: {pot.share.name}"
    meta: dict[str, object] = {
        "description": name,
        "country": "Finland",
        "unit": about.unit,
        "instance": str(about.ends.year),
        "num_projects": len(costs),
        "num_votes": len(votes),
        "budget": budget,
        "vote_type": vote_type,
        "rule": _rule(rules),
        "date_begin": f"{about.begins:%d.%m.%Y}",
        "date_end": f"{about.ends:%d.%m.%Y}",
    }
    in_each = alone or rules.ballot_scope is not BallotScope.ACROSS
    if in_each and not is_choose_1:
        meta |= _limits(rules, lengths, len(costs), pot.share.budget)
    if rules.ballot_kind is BallotKind.POINTS:
        meta |= {"max_points": rules.max_points_per_item} if rules.max_points_per_item else {}
        meta["max_sum_points"] = rules.max_points
    if rules.threshold and rules.count_rule is CountRule.GREEDY:
        meta["min_project_score_threshold"] = rules.threshold
    meta |= {"language": about.language, "currency": "EUR"}
    if budget >= sum(costs):
        meta["fully_funded"] = 1
    if meta["rule"] == "greedy-custom":
        meta["comment"] = f"#1: {rules.count_rule}, utility {rules.utility}, completion {rules.completion}"
    return meta


def _limits(rules: Rules, lengths: list[int], projects: int, budget: int) -> dict[str, object]:
    limits: dict[str, object] = {}
    longest = max(lengths, default=0)
    if 1 < rules.min_choices <= min(lengths, default=0):
        limits["min_length"] = rules.min_choices
    # A limit that nobody came to would be taken for a wrong one.
    if rules.max_choices and longest == rules.max_choices <= projects and sum(lengths) > len(lengths):
        limits["max_length"] = rules.max_choices
    if rules.ballot_kind is BallotKind.KNAPSACK:
        limits["max_sum_cost"] = budget
    return limits


def _rule(rules: Rules) -> str:
    if rules.count_rule is CountRule.GREEDY:
        return "greedy-threshold" if rules.threshold else "greedy"
    if rules.count_rule is CountRule.GREEDY_STOP:
        return "greedy-no-skip"
    raised = rules.completion in (Completion.ADD1, Completion.ADD1_GREEDY)
    usual = rules.utility == "cost" and not rules.threshold and rules.ballot_kind is not BallotKind.POINTS
    if not usual or (raised and (rules.increment != 1 or rules.add1_stop != "overspend")):
        return "greedy-custom"
    return "equalshares/add1" if raised else "equalshares"


def tally_options(rules: Rules) -> str:
    """What `manage.py tally` is told to count by these rules."""
    options = [f"--rule {rules.count_rule}"]
    if rules.count_rule is CountRule.EQUAL_SHARES:
        options += [f"--utility {rules.utility}", f"--completion {rules.completion}"]
        if rules.completion in (Completion.ADD1, Completion.ADD1_GREEDY):
            options += [f"--add1-stop {rules.add1_stop}", f"--increment {rules.increment}"]
    if rules.threshold:
        options.append(f"--threshold {rules.threshold}")
    return " ".join(options)
