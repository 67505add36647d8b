"""What can become of an item in a count. Plain Python."""

from enum import StrEnum


class Outcome(StrEnum):
    """WON, or why not. UNKNOWN: it lost in a round whose count nobody kept."""

    WON = "won"
    NO_MONEY = "no-money"
    AFTER_STOP = "after-stop"
    FEW_VOTES = "few-votes"
    NO_VOTES = "no-votes"
    TIE_LOST = "tie-lost"
    UNKNOWN = "unknown"
