"""What may happen to a piece of feedback, as one table. Nothing outside the table ever happens."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    IN_HANDLING = "in_handling"
    ANSWERED = "answered"
    CLOSED = "closed"


class Action(StrEnum):
    """What a handler does to a case."""

    START = "start"
    ANSWER = "answer"
    MOVE = "move"
    CLOSE = "close"
    REOPEN = "reopen"


# Work that somebody still owes the sender.
OPEN_STATES = (State.RECEIVED, State.IN_HANDLING)


@dataclass(frozen=True, slots=True)
class Transition:
    """One edge: the state that follows, and why the edge exists."""

    target: State
    why: str


TRANSITIONS: dict[tuple[State, Action], Transition] = {
    (State.RECEIVED, Action.START): Transition(
        State.IN_HANDLING, "A handler takes the case, and the sender sees that somebody has."
    ),
    (State.RECEIVED, Action.MOVE): Transition(
        State.RECEIVED, "It came to the wrong topic; the right unit finds it among its new cases."
    ),
    (State.IN_HANDLING, Action.MOVE): Transition(
        State.RECEIVED, "Reading it showed that another unit answers for it, and there nobody has taken it yet."
    ),
    (State.IN_HANDLING, Action.ANSWER): Transition(
        State.ANSWERED, "The promise to the sender is kept by an answer, never by a change of state alone."
    ),
    (State.IN_HANDLING, Action.CLOSE): Transition(
        State.CLOSED, "Thanks and remarks whose sender expects no answer end here."
    ),
    (State.ANSWERED, Action.CLOSE): Transition(State.CLOSED, "Nothing more is to be done."),
    (State.ANSWERED, Action.REOPEN): Transition(
        State.IN_HANDLING, "The answer fell short or was wrong; what was sent stays, and a new answer follows."
    ),
    (State.CLOSED, Action.REOPEN): Transition(State.IN_HANDLING, "Something came up after closing."),
}


def allowed_actions(state: State) -> tuple[Action, ...]:
    """The actions that the table knows for `state`, in the order of `Action`."""
    return tuple(action for action in Action if (state, action) in TRANSITIONS)


def next_state(state: State, action: Action) -> State | None:
    """The state that follows, or None when the table does not know the edge."""
    transition = TRANSITIONS.get((state, action))
    return transition.target if transition else None


def owes_answer(*, wants_answer: bool, is_answered: bool) -> bool:
    """Whether the case cannot be closed yet because its sender waits for a first answer."""
    return wants_answer and not is_answered
