"""The plan back from a date: counted, bound to a meeting of the lead partners, kept out of August. Pure.

Every page that shows a plan or suggests a day from it asks here, so that no two of them give different days.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from partnership.guidance.dated import Deadline, DutyRule, Milestone
from partnership.guidance.working_days import last_working_day, working_days_back

AUGUST = 8
A_YEAR = timedelta(days=365)
AWAY = "before August, when many are away"
IN_ORDER = "no later than the step after it"


@dataclass(frozen=True)
class PlannedStep:
    """A milestone with its day, and why that day: a clause for “Why then”. It is a plan, never a duty.

    `counted_on` is the day before anything moved it; `to_next` and `to_date` are the days of slack, to the step after
    it (None for the last one) and to the date.
    """

    key: str
    title: str
    on: date
    who: tuple[str, ...]
    because: str
    counted_on: date
    to_next: int | None
    to_date: int

    @property
    def is_moved(self) -> bool:
        """Whether it lies on another day than the one counted back."""
        return self.on != self.counted_on


@dataclass(frozen=True)
class Plan:
    """The steps in order. `about_meetings`: a sentence on the meeting that the signing is bound to, or on there being none."""

    steps: tuple[PlannedStep, ...]
    about_meetings: str = ""

    def day_of(self, key: str) -> date | None:
        """The day of one step, or None where the plan has no such step."""
        return next((step.on for step in self.steps if step.key == key), None)


def plan(rule: Deadline | DutyRule, due_on: date, meetings: Collection[date] = ()) -> Plan:
    """The steps that lead to the date, each no later than the one after it. `meetings`: days on which the lead partners meet.

    Beyond the years of which bank holidays are held only weekends are known.
    """
    meeting = _meeting_for(rule, due_on, meetings)
    placed: list[tuple[Milestone, date, str]] = []
    for step in reversed(rule.milestones):
        on, because = _around_august(step, *_at_the_meeting(step, due_on, meeting), meeting)
        if placed and on > placed[-1][1]:
            on, because = _around_august(step, placed[-1][1], IN_ORDER, meeting)
        placed.append((step, on, because))
    placed.reverse()
    steps = tuple(
        PlannedStep(
            key=step.key,
            title=step.title,
            on=on,
            who=step.who,
            because=because,
            counted_on=_counted(step, due_on),
            to_next=(after[0][1] - on).days if (after := placed[place : place + 1]) else None,
            to_date=(due_on - on).days,
        )
        for place, (step, on, because) in enumerate(placed, start=1)
    )
    return Plan(steps, _about_meetings(rule, due_on, meetings, meeting))


def _counted(step: Milestone, due_on: date) -> date:
    """A step on a weekend or a bank holiday goes to the working day before."""
    return last_working_day(due_on - timedelta(days=step.days_before))


def _window(rule: Deadline | DutyRule, due_on: date) -> tuple[date, date] | None:
    """The first and the last day of the signing as counted back; None for a plan without one."""
    signing = [step for step in rule.milestones if step.working_days_before_meeting is not None]
    return (_counted(signing[0], due_on), _counted(signing[-1], due_on)) if signing else None


def _meeting_for(rule: Deadline | DutyRule, due_on: date, meetings: Collection[date]) -> date | None:
    """The meeting that the signing is bound to: the last one within its days, else the first one after them by the date."""
    window = _window(rule, due_on)
    if window is None:
        return None
    opens, closes = window
    within = [day for day in meetings if opens <= day <= closes]
    return max(within) if within else min((day for day in meetings if closes < day <= due_on), default=None)


def _at_the_meeting(step: Milestone, due_on: date, meeting: date | None) -> tuple[date, str]:
    """The day counted back, or an earlier one where the meeting asks for it; with the reason."""
    counted, days = _counted(step, due_on), step.working_days_before_meeting
    if meeting is None or days is None:
        return counted, _why_counted(step, due_on)
    met = working_days_back(meeting, days + 1)
    if met > counted:
        return counted, f"{_why_counted(step, due_on)}; the meeting on {_short(meeting)} comes {_later(days)}"
    if days:
        return (
            met,
            f"{_working_days(days)} before the meeting on {_short(meeting)}, so that the paper can be circulated",
        )
    return met, f"for the meeting on {_short(meeting)}"


def _later(days: int) -> str:
    return f"more than {_working_days(days)} later" if days else "later"


def _around_august(step: Milestone, on: date, because: str, meeting: date | None) -> tuple[date, str]:
    """A step that needs people goes before August. Those who meet in that month are there for what is signed at the meeting."""
    meets_then = meeting is not None and meeting.month == AUGUST and step.working_days_before_meeting is not None
    if on.month != AUGUST or not step.avoid_august or meets_then:
        return on, because
    return last_working_day(date(on.year, AUGUST, 1) - timedelta(days=1)), AWAY


def _why_counted(step: Milestone, due_on: date) -> str:
    back = f"{_days(step.days_before)} before the date"
    if _counted(step, due_on) == due_on - timedelta(days=step.days_before):
        return back
    return f"the last working day that is {back} or earlier"


def _about_meetings(
    rule: Deadline | DutyRule, due_on: date, meetings: Collection[date], meeting: date | None
) -> str:  # fmt: skip
    window = _window(rule, due_on)
    if window is None:
        return ""
    if meeting and meeting <= window[1]:
        return f"The lead partners meet on {_full(meeting)}, in the signing window: the signing is planned for that meeting."
    if meeting:
        return (
            f"The lead partners meet on {_full(meeting)}, after the day by which all should have signed. "
            "Nobody needs to wait for it."
        )
    before = [day for day in meetings if due_on - A_YEAR < day <= due_on]
    if not before:
        return "No meeting of the lead partners in the year before the date is on record."
    return (
        "No meeting of the lead partners lies in the signing window; "
        f"the last one before the date is on {_full(max(before))}."
    )


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _working_days(number: int) -> str:
    return "1 working day" if number == 1 else f"{number} working days"


def _short(day: date) -> str:
    return f"{day.day} {day:%B}"


def _full(day: date) -> str:
    return f"{_short(day)} {day.year}"
