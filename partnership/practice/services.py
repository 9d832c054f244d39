"""Starting the practice clock, and moving it forward."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from partnership import clock
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.errors import WrongState
from partnership.practice import offset, policies
from partnership.practice.models import PracticeClock

MORNING = time(9)


def start(*, at: datetime) -> PracticeClock:
    """Set the practice clock to an aware moment. Only the first call does anything; the clock goes on from there."""
    ahead_by = at - (clock.now() - offset.current())
    practice_clock, _ = PracticeClock.objects.get_or_create(pk=1, defaults={"ahead_by": ahead_by})
    offset.forget()
    return practice_clock


@transaction.atomic
def move_forward(
    *, by: Any, to: date | datetime | None = None, days: int | None = None, hours: int | None = None
) -> PracticeClock:
    """Move the practice clock to a moment, to 9am London time of a day, by whole days (to 9am), or by hours.

    Exactly one of `to`, `days` and `hours`. Raises WrongState for a time that is not later, that is over two years
    away, or when the clock has not been started.
    """
    practice_clock = PracticeClock.objects.select_for_update().first()
    if practice_clock is None:
        raise WrongState("The practice clock has not been started. Load the practice data first.")
    offset.forget()  # somebody else may have moved it while this request waited for the row
    now = clock.now()
    target = _target(now, to=to, days=days, hours=hours)
    policies.check_can_move(now=now, to=target)
    practice_clock.ahead_by += target - now
    practice_clock.save(update_fields=["ahead_by"])
    offset.forget()
    audit.record(Event.CLOCK_MOVED, by=by, data={"from": now.isoformat(), "to": target.isoformat()})
    return practice_clock


def _target(now: datetime, *, to: date | datetime | None, days: int | None, hours: int | None) -> datetime:
    match to, days, hours:
        case datetime(), None, None:
            return to
        case date(), None, None:
            return morning_of(to)
        case None, int(), None:
            return morning_of(clock.london_day(now) + timedelta(days=days))
        case None, None, int():
            return now + timedelta(hours=hours)
    raise TypeError("Give exactly one of `to`, `days` and `hours`.")


def morning_of(day: date) -> datetime:
    """9am in London on that day."""
    return datetime.combine(day, MORNING, tzinfo=clock.LONDON)
