"""Where the practice clock may be moved."""

from datetime import datetime, timedelta

from partnership.clock import LONDON
from partnership.errors import WrongState

FURTHEST = timedelta(days=2 * 366)


def check_can_move(*, now: datetime, to: datetime) -> None:
    """Forward only, and at most two years at once."""
    if to <= now:
        raise WrongState(
            f"The practice clock only moves forward, and it is already {in_words(now)}. Choose a later date."
        )
    if to - now > FURTHEST:
        raise WrongState("The practice clock can be moved by two years at most. Choose an earlier date.")


def in_words(moment: datetime) -> str:
    """9am on 15 September 2026, as London has it."""
    at = moment.astimezone(LONDON)
    minutes = f":{at:%M}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'pm' if at.hour >= 12 else 'am'} on {at.day} {at:%B %Y}"
