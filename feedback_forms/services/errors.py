"""Refusals of feedback's services."""

from cms.common.decision import Decision
from cms.common.errors import ServiceError


class FeedbackError(ServiceError):
    """The act was refused; nothing was stored."""


class StaleCaseError(FeedbackError):
    """Somebody else changed the case meanwhile; nothing was overwritten."""


def require(decision: Decision) -> None:
    """Turn a refusal into the service's error."""
    if not decision:
        raise FeedbackError(decision.reason)
