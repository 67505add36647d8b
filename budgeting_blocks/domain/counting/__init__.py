"""The count engine. Plain Python: no database, no clock, no randomness; exact whatever the numbers.

    election = Election.of(budget, {id: cost, …}, [[id, id], {id: points}, …])   # ids all int or all str; euros
    result = count(election, Rules(rule=CountRule.EQUAL_SHARES, completion=Completion.ADD1_GREEDY))
    result.selected, result.cost, result.ties                # winners in the order of choice; what the tie rule chose
    result.steps                                             # round by round: votes, effective votes, price, money left
    result.outcomes[id].reason, .won, .had, …                # why each item won or lost
    count_pots([Pot(key, election, rules, passes_to), …])    # pots in order, what one leaves passed on

This package's names here are stable; its modules are not for others to import.
"""

from budgeting_blocks.domain.counting.counting import count
from budgeting_blocks.domain.counting.election import Ballot, Election, Id, Money
from budgeting_blocks.domain.counting.pots import Pot, PotResult, count_pots
from budgeting_blocks.domain.counting.result import WON, Outcome, Reason, Result, Step, Tie
from budgeting_blocks.domain.counting.ruleset import Rules, Start
from budgeting_blocks.domain.counting.ties import lot_number, order_of_ties

__all__ = [
    "WON",
    "Ballot",
    "Election",
    "Id",
    "Money",
    "Outcome",
    "Pot",
    "PotResult",
    "Reason",
    "Result",
    "Rules",
    "Start",
    "Step",
    "Tie",
    "count",
    "count_pots",
    "lot_number",
    "order_of_ties",
]
