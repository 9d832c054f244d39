"""What can go wrong between this service and an organisation's sign-in, beside the refusals of every app."""

from partnership.errors import NotAllowed, Refused


class Unreachable(Refused):
    """The organisation's sign-in gave no answer that can be used (503)."""


class Untrusted(NotAllowed):
    """An answer came, and it does not prove who the person is. `why` is for the log; it holds nothing of the person."""

    def __init__(self, sentence: str, why: str = "") -> None:
        super().__init__(sentence)
        self.why = why
