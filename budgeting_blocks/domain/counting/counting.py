"""One election counted by one rule, or by several side by side."""

from __future__ import annotations

from collections.abc import Mapping

from budgeting_blocks.domain.counting.election import Election, Id
from budgeting_blocks.domain.counting.equal_shares import choose_by_shares
from budgeting_blocks.domain.counting.greedy import Progress, choose_by_votes
from budgeting_blocks.domain.counting.result import Outcome, Reason, Result
from budgeting_blocks.domain.counting.ruleset import Rules
from budgeting_blocks.domain.counting.ties import order_of_ties
from budgeting_blocks.domain.rules import CountRule


def count(election: Election, rules: Rules) -> Result:
    """The result, the same in whatever order items and ballots come.

    An item without votes, below the threshold or dearer than the whole budget takes no part.
    """
    order = order_of_ties(election, rules)
    progress = Progress(election.budget)
    share = None
    for item in election.costs:
        if reason := _bar(election, rules, item):
            needed = rules.threshold if reason == Reason.BELOW_THRESHOLD else None
            progress.outcomes[item] = Outcome(
                item, reason, election.votes[item], election.costs[item], left=election.budget, needed=needed
            )
    items = [item for item in election.costs if item not in progress.outcomes]
    if rules.rule == CountRule.EQUAL_SHARES:
        share = choose_by_shares(election, items, order, rules, progress) if election.voters else None
    else:
        stop = rules.rule == CountRule.GREEDY_STOP
        choose_by_votes(election, items, order, progress, stop=stop, won=Reason.SELECTED)
    outcomes = {step.item: progress.outcomes[step.item] for step in progress.steps}
    for item in sorted(election.costs, key=lambda item: (-election.votes[item], order[item])):
        outcomes.setdefault(item, progress.outcomes[item])
    return Result(rules, election, tuple(progress.steps), tuple(progress.ties), outcomes, share)


def compare(election: Election, rules: Mapping[str, Rules]) -> dict[str, Result]:
    """The same votes by each of the named rules, to be shown side by side."""
    return {name: count(election, each) for name, each in rules.items()}


def _bar(election: Election, rules: Rules, item: Id) -> Reason | None:
    if election.votes[item] <= 0:
        return Reason.NO_VOTES
    if election.votes[item] < rules.threshold:
        return Reason.BELOW_THRESHOLD
    return Reason.OVER_BUDGET if election.costs[item] > election.budget else None
