"""From rules to days: due dates and reminders. Pure; `today` and moments come in. The plan back is in `planning`."""

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from partnership.clock import LONDON, london_day
from partnership.guidance.dated import Backstop, Deadline, DutyRule, Reminder, Trigger, Unit
from partnership.guidance.financial_years import FinancialYear, NotAFinancialYear, financial_year
from partnership.guidance.working_days import add_working_days, last_working_day

__all__ = [
    "FinancialYear",
    "NotAFinancialYear",
    "Step",
    "add_months",
    "add_working_days",
    "backstop_on",
    "due_instant",
    "due_on",
    "financial_year",
    "from_event",
    "in_year",
    "is_in_time",
    "last_working_day",
    "on_no_working_day",
    "reminder_due",
]


@dataclass(frozen=True)
class Step:
    """A rung of the reminder ladder. `key` is stable, so that “already sent” can be a unique row."""

    key: str
    on: date
    days: int  # negative before the due date, positive after it
    who: tuple[str, ...]

    @property
    def is_late(self) -> bool:
        return self.days > 0


def from_event(rule: DutyRule, day: date) -> date:
    """The last day for a duty that something on `day` began: that day itself never counts.

    Months are clamped: six months after 31 August is the last of February. Raises EditionError beyond the years of
    which the bank holidays are held.
    """
    if rule.unit is Unit.WORKING_DAYS:
        return add_working_days(day, rule.count)
    return add_months(day, rule.count) if rule.unit is Unit.MONTHS else day + timedelta(days=rule.count)


def in_year(rule: DutyRule, year: FinancialYear) -> date:
    """The day of a yearly duty, counted from the first day of the year that it is for: -1 is the day before it begins."""
    if rule.trigger is not Trigger.YEARLY:
        raise ValueError(f"{rule.key} does not come every year.")
    return from_event(rule, year.start)


def due_on(deadline: Deadline, period_end: date) -> date:
    """The first such calendar day on or after the end of the period: 30 September 2026 for 31 March 2026.

    A date on a weekend stays where it is: no rule that moves it was found.
    """
    day = date(period_end.year, deadline.month, deadline.day)
    return day if day >= period_end else day.replace(year=day.year + 1)


def backstop_on(backstop: Backstop, previous: date) -> date:
    """The last day for the next document, counted from the day of the previous one."""
    return add_months(previous, backstop.months)


def due_instant(day: date) -> datetime:
    """The last second of a day in London, as a moment in UTC."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=LONDON).astimezone(UTC)


def is_in_time(moment: datetime, due_on: date) -> bool:
    """Whether something done at an aware moment was done on or before a day in London."""
    if moment.tzinfo is None:
        raise ValueError("A moment needs its time zone before it can be compared with a day.")
    return london_day(moment) <= due_on


def reminder_due(deadline: Deadline | DutyRule, due_on: date, today: date) -> Step | None:
    """The latest rung of the ladder reached by `today`, or None before the first. Missed rungs are not caught up."""
    days = (today - due_on).days
    reached = [rung for rung in (*_before(deadline, due_on), *deadline.late) if rung.days <= days]
    if not reached:
        return None
    rung = reached[-1]
    if rung in deadline.late[-1:]:
        rung = _repeated(rung, deadline.repeat_late_every_days, days)
    kind = "late" if rung.days > 0 else "before"
    return Step(key=f"{kind}-{abs(rung.days)}", on=due_on + timedelta(days=rung.days), days=rung.days, who=rung.who)


def _before(deadline: Deadline | DutyRule, due_on: date) -> tuple[Reminder, ...]:
    """The rungs before the date; where it falls on no working day, one more on the last working day before it."""
    rungs = deadline.reminders
    last_chance = (last_working_day(due_on) - due_on).days
    if not rungs or last_chance == 0 or last_chance in {rung.days for rung in rungs}:
        return rungs
    return tuple(sorted((*rungs, Reminder(last_chance, rungs[-1].who)), key=lambda rung: rung.days))


def _repeated(last: Reminder, every: int, days: int) -> Reminder:
    """The last rung comes again and again: a duty that is late does not vanish."""
    return Reminder(last.days + (days - last.days) // every * every, last.who)


def on_no_working_day(day: date) -> bool:
    """Whether a date falls on a weekend or a bank holiday. It stays where it is; whoever answers for it is warned."""
    return last_working_day(day) != day


def add_months(day: date, n: int) -> date:
    """The same day `n` months on, or the last of that month: six months after 31 August is 28 or 29 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
