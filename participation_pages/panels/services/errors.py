"""Why a service of panels refuses."""

from cms.common.errors import ServiceError


class ApplicationError(ServiceError):
    """An application was not taken, or not taken back."""


class ScheduleError(ServiceError):
    """A postponement or cancellation was not entered."""
