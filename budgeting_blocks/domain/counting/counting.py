"""One election counted by one rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial

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
    for item in election.costs:
        if reason := _bar(election, rules, item):
            progress.fates[item] = (reason, election.budget)
    items = [item for item in election.costs if item not in progress.fates]
    share, had = None, None
    if rules.rule == CountRule.EQUAL_SHARES:
        if election.voters:
            share, had = choose_by_shares(election, items, order, rules, progress)
    else:
        stop = rules.rule == CountRule.GREEDY_STOP
        choose_by_votes(election, items, order, progress, stop=stop, won=Reason.SELECTED)
    tell = partial(_outcomes, election, rules, order, progress, had)
    return Result(rules, election, tuple(progress.steps), tuple(progress.ties), tell, share)


def _outcomes(
    election: Election, rules: Rules, order: Mapping[Id, int], progress: Progress, had: Callable[[Id], Fraction] | None
) -> dict[Id, Outcome]:
    """Why each item won or lost. `had`: what its supporters have left, for one that Equal Shares did not buy."""
    outcomes = {}
    for number, step in enumerate(progress.steps, start=1):
        reason, left = progress.fates[step.item]
        outcomes[step.item] = Outcome(
            step.item, reason, step.votes, step.cost, step=number, left=left, price=step.price
        )
    for item in sorted(election.costs, key=lambda item: (-election.votes[item], order[item])):
        if item in outcomes:
            continue
        reason, left = progress.fates.get(item, (Reason.OUT_OF_MONEY, progress.left))
        outcomes[item] = Outcome(
            item,
            reason,
            election.votes[item],
            election.costs[item],
            left=left,
            had=had(item) if had and reason == Reason.OUT_OF_MONEY else None,
            needed=rules.threshold if reason == Reason.BELOW_THRESHOLD else None,
        )
    return outcomes


def _bar(election: Election, rules: Rules, item: Id) -> Reason | None:
    if election.votes[item] <= 0:
        return Reason.NO_VOTES
    if election.votes[item] < rules.threshold:
        return Reason.BELOW_THRESHOLD
    return Reason.OVER_BUDGET if election.costs[item] > election.budget else None
