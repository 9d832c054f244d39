"""What may be done to a duty: an area's own days, holds, what is said of lateness, what is agreed locally."""

from datetime import date

from partnership.areas.models import LeadMeeting
from partnership.clock import london_day
from partnership.deadlines.models import Duty, LocalCycle
from partnership.documents import fonts
from partnership.errors import WrongState
from partnership.guidance import dates
from partnership.guidance.dated import DutyRule
from partnership.guidance.rungs import Rung

REASON, LONGEST = 300, 1000
FURTHEST = 120  # months
CALLED, MEETINGS_AHEAD = 160, 36  # characters; months
LAST_TWO = "The last two steps cannot be switched off, so that what is owed and not done is always told to somebody."


def check_open(duty: Duty) -> None:
    """What is done or has lapsed is not planned, held or explained any more."""
    if not duty.is_open:
        raise WrongState("This duty is not open any more.")


def check_target(duty: Duty, on: date | None, today: date) -> None:
    """A day of the area's own lies before the date of the rule, which nobody here can move."""
    check_open(duty)
    if on is None:
        return
    if on > duty.due_on:
        due = f"{duty.due_on:%-d %B %Y}"
        raise WrongState(f"Your own day must be {due} or earlier. The date itself cannot be moved here.")
    if on < today:
        raise WrongState("Your own day must be today or later.")


def words(text: str, *, missing: str, longest: int = REASON) -> str:
    """What somebody wrote. `missing`: the sentence for nothing; too much is refused, never cut."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise WrongState(missing)
    if len(text) > longest:
        raise WrongState(f"Shorten the text to {longest:,} characters or fewer.")
    if strange := fonts.unknown(text):
        raise WrongState(f"These characters cannot be printed: {' '.join(strange)}. Use words instead.")
    return text


def check_late(duty: Duty, today: date) -> None:
    """Lateness is explained once it is there."""
    check_open(duty)
    if today <= duty.due_on:
        raise WrongState("It is not late. Nothing needs to be explained to the public.")


def check_cycle(first_on: date, every_months: int | None, today: date) -> None:
    """What is agreed lies ahead, and comes again after a month or more, or not at all."""
    if first_on < today:
        raise WrongState("The first day must be today or later.")
    if first_on > dates.add_months(today, FURTHEST):
        raise WrongState("The first day must be within ten years.")
    if every_months is not None and not 1 <= every_months <= FURTHEST:
        raise WrongState(f"Give a number of months from 1 to {FURTHEST}, or leave it empty.")


def check_turn(duty: Duty, rule: object, done_on: date, today: date) -> None:
    """A turn of what was agreed locally was done, by today and not before it was agreed."""
    check_open(duty)
    if not (isinstance(rule, DutyRule) and "day_agreed" in rule.events):
        raise WrongState("This duty is met by its own records. Nobody can tick it off.")
    if done_on > today:
        raise WrongState("The day on which it was done must be today or earlier.")
    if done_on < dates.add_months(london_day(duty.created_at), -FURTHEST):
        raise WrongState("That is more than ten years ago.")


def check_not_ended(cycle: LocalCycle) -> None:
    """What has ended does not end again."""
    if cycle.ended_at is not None:
        raise WrongState("That has ended already.")


def check_meeting(on: date, today: date) -> None:
    """A meeting that is put on record lies ahead, in the next three years."""
    if on < today:
        raise WrongState("The meeting must be today or later.")
    if on > dates.add_months(today, MEETINGS_AHEAD):
        raise WrongState("The meeting must be within three years.")


def check_not_called_off(meeting: LeadMeeting) -> None:
    """What does not take place is not called off again."""
    if not meeting.is_on:
        raise WrongState("That meeting is called off already.")


def check_may_be_off(rung: Rung) -> None:
    """The last two steps of each ladder stay on, in every area."""
    if not rung.may_be_off:
        raise WrongState(LAST_TWO)
