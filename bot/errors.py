"""The one base of all errors that are ours."""


class NhacLichError(Exception):
    """An expected failure.

    `str(error)` is a Vietnamese sentence that a user may read and that says what to do next.
    `detail` is for the operator's log, in English; it never holds a token, a code or a phone number.
    """

    def __init__(self, message: str, *, detail: str = "") -> None:
        super().__init__(message)
        self.detail = detail


class BadInputError(NhacLichError):
    """A document, a roster, a setting or a typed text that cannot be used as it is."""


class NotAllowedError(NhacLichError):
    """The person has no right to do this (checked against today's roster)."""


class OutdatedError(NhacLichError):
    """Somebody else was quicker: the state behind a button or a dialog has changed."""
