"""The ways in which the domain says no. Each carries a sentence that may be shown to the person who asked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


class Refused(Exception):
    """A rule said no. The message is a full sentence for the person who asked."""

    @property
    def sentence(self) -> str:
        return str(self)


class NotAllowed(Refused):
    """This person may not do this, at this moment, in this area (403). `rule` names the permission, for the log."""

    def __init__(self, sentence: str = "", *, rule: str = "") -> None:
        super().__init__(sentence)
        self.rule = rule


class WrongState(Refused):
    """The right person, at the wrong time (409)."""


class Conflict(Refused):
    """Somebody else was quicker; nothing of theirs was overwritten (409)."""


class Incomplete(Refused):
    """Something is missing or wrong; `problems` lists each with its place (409)."""

    def __init__(self, sentence: str, problems: tuple[Any, ...] = ()) -> None:
        super().__init__(sentence)
        self.problems = problems


@dataclass(frozen=True)
class Decision:
    """Whether an act is open to somebody now, and if not, the sentence that says why."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


def decide(check: Callable[..., Any], *args: Any, **kwargs: Any) -> Decision:
    """Turn a check that raises into a decision that a template can show."""
    try:
        check(*args, **kwargs)
    except Refused as refusal:
        return Decision(False, refusal.sentence)
    return Decision(True)
