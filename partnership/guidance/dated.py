"""What has a date: the dates of an edition, the clocks that an event starts, the ladder of reminders, the plan back."""

from calendar import month_name
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from partnership.guidance.vocabulary import Level, Rule


@dataclass(frozen=True)
class Reminder:
    """A step on the ladder before (`days` negative) or after (`days` positive) the date, and whom it tells."""

    days: int
    who: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Milestone(Rule):
    """A step of the plan that leads to a date, counted back from it.

    `avoid_august`: it needs people who are away then. `working_days_before_meeting`: it belongs to the signing, and is
    to be done that many working days before the lead partners meet, or on that day (0); None for every other step.
    """

    key: str
    title: str
    days_before: int
    who: tuple[str, ...]
    avoid_august: bool = False
    working_days_before_meeting: int | None = None


@dataclass(frozen=True, kw_only=True)
class Deadline(Rule):
    """A date in the calendar by which all of `facts` must be true."""

    key: str
    document: str
    title: str
    month: int
    day: int
    facts: tuple[str, ...]
    reminders: tuple[Reminder, ...]
    late: tuple[Reminder, ...]
    repeat_late_every_days: int
    milestones: tuple[Milestone, ...] = ()

    @property
    def due_words(self) -> str:
        """The day in the year, such as “30 September”."""
        return f"{self.day} {month_name[self.month]}"

    @property
    def remind_days_before(self) -> tuple[int, ...]:
        return tuple(-reminder.days for reminder in self.reminders)


@dataclass(frozen=True, kw_only=True)
class Backstop(Rule):
    """The longest time that may pass between one document of a kind and the next."""

    key: str
    document: str
    title: str
    months: int


class Trigger(StrEnum):
    """What brings a duty about."""

    ONCE = "once"  # one day in the calendar, for everybody
    YEARLY = "yearly"  # a day counted from the first day of each financial year
    EVENT = "event"  # something that happens in an area, or a day that is agreed there


class Unit(StrEnum):
    """How the time from the trigger to the date is counted."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"


@dataclass(frozen=True)
class AskedFact:
    """One thing that is on record when the duty is met, and what it is called on screen."""

    key: str
    label: str


@dataclass(frozen=True, kw_only=True)
class DutyRule(Rule):
    """Who has to have done what by when. `events`: what may start the clock, the usual one first."""

    key: str
    title: str
    level: Level
    trigger: Trigger
    who: tuple[str, ...]
    asked: tuple[AskedFact, ...]
    reminders: tuple[Reminder, ...]
    late: tuple[Reminder, ...]
    repeat_late_every_days: int
    document: str = ""
    on: date | None = None
    count: int = 0
    unit: Unit = Unit.DAYS
    events: tuple[str, ...] = ()
    is_public: bool = False  # whether the public is told that it is not met
    milestones: tuple[Milestone, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """The keys of what is asked for."""
        return tuple(fact.key for fact in self.asked)
