"""The words of a round's rule sheet. Plain Python."""

from collections.abc import Iterable
from enum import StrEnum


class BallotKind(StrEnum):
    """KNAPSACK: any items whose costs fit the money. APPROVAL: at most so many. POINTS: shares points out."""

    KNAPSACK = "knapsack"
    APPROVAL = "approval"
    POINTS = "points"


class BallotScope(StrEnum):
    """Whether limits hold over all pots together, in each pot, or in the one pot that the voter picks."""

    ACROSS = "across"
    EACH = "each"
    ONE = "one"


class MeansKind(StrEnum):
    """How a voter proves the right to vote."""

    CODE = "code"
    MAIL = "mail"
    OIDC = "oidc"
    CLASS = "class"
    DESK = "desk"
    PAPER = "paper"


def is_one_voter(means: Iterable[MeansKind]) -> bool:
    """Whether one person is surely one voter by all of these means together. Mail, codes, paper and classes each know their
    voters in their own way or not at all; a desk and the broker know the same person by the identity code."""
    return (
        len({MeansKind.OIDC if kind is MeansKind.DESK else kind for kind in means}) <= 1
        and MeansKind.CLASS not in means
    )


class Strength(StrEnum):
    """How surely a means tells who votes."""

    WEAK = "weak"
    MEDIUM = "medium"
    STRONG = "strong"


class CountRule(StrEnum):
    """GREEDY: most votes first, skipping what does not fit. GREEDY_STOP: until the first that does not fit."""

    GREEDY = "greedy"
    GREEDY_STOP = "greedy-stop"
    EQUAL_SHARES = "equal-shares"


class Utility(StrEnum):
    """What Equal Shares gives voters as much of as it can: money spent on what they chose, or items."""

    COST = "cost"
    CARDINALITY = "cardinality"


class Completion(StrEnum):
    """How Equal Shares uses money that is left."""

    NONE = "none"
    GREEDY = "greedy"
    ADD1 = "add1"
    ADD1_GREEDY = "add1-greedy"


class Add1Stop(StrEnum):
    """When raising the shares ends."""

    OVERSPEND = "overspend"
    EXHAUSTED = "exhausted"


class TieRule(StrEnum):
    """Who goes first among equals."""

    CHEAPER = "cheaper"
    MORE_VOTES = "more-votes"
    LOT = "lot"


class Leftover(StrEnum):
    """Where money goes that no item takes."""

    RETURNS = "returns"
    NEXT_ROUND = "next-round"
    PASSED_ON = "passed-on"


# What a means is worth unless the rule sheet says otherwise.
USUAL_STRENGTH: dict[MeansKind, Strength] = {
    MeansKind.CODE: Strength.MEDIUM,
    MeansKind.MAIL: Strength.WEAK,
    MeansKind.OIDC: Strength.STRONG,
    MeansKind.CLASS: Strength.MEDIUM,
    MeansKind.DESK: Strength.STRONG,
    MeansKind.PAPER: Strength.MEDIUM,
}
