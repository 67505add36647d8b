"""The base of the errors that services raise."""


class ServiceError(Exception):
    """A change of state was refused.

    `message` is a sentence for the person, in their language; `field` names the form field that it belongs to, or None
    when it concerns the whole form.
    """

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
