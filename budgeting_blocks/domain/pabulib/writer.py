"""Writing a Pabulib file, in the names and the order that the library's own checker asks for."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import StringIO

from budgeting_blocks.domain.counting import Election, Id, Reason, Result, Rules, Start, count
from budgeting_blocks.domain.pabulib.numbers import write_number
from budgeting_blocks.domain.rules import Completion, CountRule


@dataclass(frozen=True, slots=True)
class FileHead:
    """What META says beside the numbers. `limits`: the ballot's, by the library's names, such as `max_length`."""

    description: str
    unit: str
    instance: str
    vote_type: str
    date_begin: date
    date_end: date
    country: str = "Finland"
    subunit: str = ""
    language: str = "fi"
    currency: str = "EUR"
    limits: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProjectWords:
    """What PROJECTS says of an item beside the numbers."""

    name: str = ""
    categories: Sequence[str] = ()
    beneficiaries: Sequence[str] = ()
    neighborhood: str = ""
    latitude: float | None = None
    longitude: float | None = None


# In the order in which META must name them.
_LIMITS = (
    "min_length",
    "max_length",
    "min_sum_cost",
    "max_sum_cost",
    "min_points",
    "max_points",
    "min_sum_points",
    "max_sum_points",
)
_LATER_MONEY = "#1: selected 3: funded by number of votes from what Equal Shares left of the budget."


def write_file(head: FileHead, result: Result, words: Mapping[Id, ProjectWords]) -> str:
    """The file's text. Ballots stand sorted by what they hold and are numbered in that order, so that neither the order
    nor the number of a ballot says when it was given or by whom."""
    with_points = head.vote_type in {"cumulative", "scoring"}
    out = StringIO()
    rows = csv.writer(out, delimiter=";", lineterminator="\n")
    rows.writerows([["META"], ["key", "value"]])
    rows.writerows([key, _clean(value)] for key, value in _meta(head, result) if value)
    columns = _project_columns(result, words, with_scores=head.vote_type not in {"approval", "choose-1"})
    rows.writerows([["PROJECTS"], list(columns)])
    rows.writerows(zip(*columns.values(), strict=True))
    rows.writerows([["VOTES"], ["voter_id", "vote", "points"] if with_points else ["voter_id", "vote"]])
    for number, (vote, points) in enumerate(_votes(result.election), start=1):
        rows.writerow([number, vote, points] if with_points else [number, vote])
    return out.getvalue()


def _meta(head: FileHead, result: Result) -> Iterator[tuple[str, str]]:
    election, threshold = result.election, result.rules.threshold
    completed = any(outcome.reason == Reason.COMPLETED for outcome in result.outcomes.values())
    yield "description", head.description
    yield "country", head.country
    yield "unit", head.unit
    yield "subunit", head.subunit
    yield "instance", head.instance
    yield "num_projects", str(len(election.costs))
    yield "num_votes", str(election.voters)
    yield "budget", write_number(election.budget)
    yield "vote_type", head.vote_type
    yield "rule", rule_name(result)
    yield "date_begin", head.date_begin.strftime("%d.%m.%Y")
    yield "date_end", head.date_end.strftime("%d.%m.%Y")
    for limit in _LIMITS:
        yield limit, str(head.limits.get(limit, ""))
    yield "min_project_score_threshold", write_number(threshold) if threshold else ""
    yield "language", head.language
    yield "currency", head.currency
    yield "fully_funded", "1" if sum(election.costs.values()) <= election.budget else ""
    yield "comment", _LATER_MONEY if completed else ""


def rule_name(result: Result) -> str:
    """The library's name of the rule, or `unknown` where its rule of that name would elect others."""
    rules = result.rules
    if rules.rule == CountRule.GREEDY_STOP:
        return "greedy-no-skip"
    if rules.rule == CountRule.GREEDY:
        return "greedy-threshold" if rules.threshold else "greedy"
    completion = Completion.ADD1 if rules.raises_shares else Completion.NONE
    start = Start.ROUNDED_DOWN if rules.raises_shares else Start.EXACT
    theirs = count(result.election, Rules(rule=rules.rule, completion=completion, start=start))
    ours = {item for item, outcome in result.outcomes.items() if outcome.reason == Reason.SELECTED}
    if set(theirs.selected) != ours:
        return "unknown"
    return "equalshares/add1" if rules.raises_shares else "equalshares"


def _project_columns(result: Result, words: Mapping[Id, ProjectWords], *, with_scores: bool) -> dict[str, list[str]]:
    """Columns that have something to say, the projects in the order of the result's votes."""
    election, outcomes = result.election, result.outcomes
    places = {item: place for place, item in enumerate(outcomes)}
    items = sorted(election.costs, key=lambda item: (-election.votes[item], places[item]))
    texts = [words.get(item, ProjectWords()) for item in items]
    namers = dict.fromkeys(items, 0)
    for ballot in election.ballots:
        for item in ballot.items:
            namers[item] += ballot.weight
    columns = {
        "project_id": [str(item) for item in items],
        "cost": [write_number(election.costs[item]) for item in items],
        "votes": [str(namers[item]) for item in items],
        "score": [write_number(election.votes[item]) if with_scores else "" for item in items],
        "name": [_clean(text.name) or str(item) for item, text in zip(items, texts, strict=True)],
        "category": [_clean_list(text.categories) for text in texts],
        "beneficiaries": [_clean_list(text.beneficiaries) for text in texts],
        "selected": [_selected(outcomes[item].reason) for item in items],
        "neighborhood": [_clean(text.neighborhood) for text in texts],
        "latitude": ["" if text.latitude is None else str(text.latitude) for text in texts],
        "longitude": ["" if text.longitude is None else str(text.longitude) for text in texts],
    }
    return {name: column for name, column in columns.items() if any(column)}


def _selected(reason: Reason) -> str:
    return {Reason.SELECTED: "1", Reason.COMPLETED: "3"}.get(reason, "0")


def _votes(election: Election) -> list[tuple[str, str]]:
    """Each voter's ballot and points, the most points first."""
    votes: list[tuple[str, str]] = []
    for ballot in election.ballots:
        points = ballot.points or (1,) * len(ballot.items)
        pairs = sorted(zip(ballot.items, points, strict=True), key=lambda pair: (-pair[1], str(pair[0])))
        row = ",".join(str(item) for item, _ in pairs), ",".join(write_number(given) for _, given in pairs)
        votes += [row] * ballot.weight
    return sorted(votes)


def _clean(text: str) -> str:
    """One line; the library's readers take no line break in a field."""
    return " ".join(text.split())


def _clean_list(values: Sequence[str]) -> str:
    """A comma parts the list, so none may stand in a value."""
    return ",".join(dict.fromkeys(_clean(value.replace(",", " ")) for value in values))
