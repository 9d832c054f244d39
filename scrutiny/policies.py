"""When a challenge may be answered and closed."""

from partnership.documents.models import Version
from partnership.documents.workflow import Status
from partnership.errors import WrongState
from scrutiny.models import ChallengeNote


def check_can_raise(version: Version | None) -> Version:
    """A challenge is left on a draft. Gives the draft back."""
    if version is None or version.status != Status.DRAFT:
        raise WrongState("A challenge is left on a draft. This document has no draft at the moment.")
    return version


def check_can_answer(challenge: ChallengeNote) -> None:
    """A closed challenge is not answered."""
    if challenge.closed_at:
        raise WrongState("The scrutineer has closed this challenge.")


def check_can_close(challenge: ChallengeNote) -> None:
    """A challenge is closed once."""
    if challenge.closed_at:
        raise WrongState("This challenge is closed already.")
