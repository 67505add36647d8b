"""Changes of state: the only code that writes feedback's records."""

from feedback_forms.services.contacts import look_at_contact
from feedback_forms.services.errors import FeedbackError, StaleCaseError
from feedback_forms.services.handling import answer_case, close_case, move_case, reopen_case, start_handling
from feedback_forms.services.held_photos import hold_photo, release_held_photo, take_held_photo
from feedback_forms.services.publication import propose_publication
from feedback_forms.services.submission import Receipt, submit_feedback

__all__ = [
    "FeedbackError",
    "Receipt",
    "StaleCaseError",
    "answer_case",
    "close_case",
    "hold_photo",
    "look_at_contact",
    "move_case",
    "propose_publication",
    "release_held_photo",
    "reopen_case",
    "start_handling",
    "submit_feedback",
    "take_held_photo",
]
