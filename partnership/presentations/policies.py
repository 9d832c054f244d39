"""What can be recorded of an occasion, and when."""

from datetime import date
from urllib.parse import urlsplit

from partnership.errors import WrongState
from partnership.presentations.kinds import Forum, Said, State

MISSING_NAME = "Enter which body it is."
OVER = "That day has passed. Record what came of it, or that it did not take place."
TO_COME = "That day is still to come. Record it as planned."
NO_OUTCOME = "What was asked and answered, and the minutes, are recorded of what took place."
NO_ADDRESS = "Enter a whole address, such as https://council.example/minutes/12"


def check_body(forum: str, forum_name: str) -> None:
    """Raise WrongState where it is another body and nobody says which."""
    if forum == Forum.OTHER and not forum_name.strip():
        raise WrongState(MISSING_NAME)


def check_day(day: date, state: str, today: date) -> None:
    """Raise WrongState for a plan in the past, or for something that took place on a day to come."""
    if state == State.PLANNED and day < today:
        raise WrongState(OVER)
    if state == State.PRESENTED and day > today:
        raise WrongState(TO_COME)


def check_outcome(said: Said) -> None:
    """Raise WrongState where something is said of what has not taken place."""
    if said.state != State.PRESENTED and (said.asked or said.answered or said.minutes):
        raise WrongState(NO_OUTCOME)


def check_address(minutes: str) -> None:
    """Raise WrongState for an address that no browser should follow."""
    try:
        host = urlsplit(minutes).hostname
    except ValueError as error:  # such as a bracket that is never closed
        raise WrongState(NO_ADDRESS) from error
    if minutes and not (minutes.startswith(("http://", "https://")) and host):
        raise WrongState(NO_ADDRESS)


def check(said: Said, today: date) -> None:
    """Raise WrongState, with the sentence, for what cannot be recorded."""
    check_body(said.forum, said.forum_name)
    check_day(said.day, said.state, today)
    check_outcome(said)
    check_address(said.minutes)


def check_begins(said: Said) -> None:
    """Raise WrongState where the first that is heard of an occasion is that it did not take place."""
    if said.state == State.NOT_PRESENTED:
        raise WrongState("Record what is planned or took place. Afterwards it can be said that it did not take place.")
