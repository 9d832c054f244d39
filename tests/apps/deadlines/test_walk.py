"""The calendar walked day by day: each notice once, none for what is closed; two years as a file, ten years in all.

One area is in time, one is late, and one is merged into the first. `two_years.txt` is what the clock does with them;
with WRITE_EXPECTED=1 it is written anew, and its change is read by a person like any other.
"""

import os
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from partnership import clock
from partnership.areas import services as areas
from partnership.areas.roles import Office
from partnership.deadlines import jobs, selectors
from partnership.deadlines.models import Duty, Reminder
from partnership.guidance import dates
from tests import told as telling
from tests import worlds

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
EXPECTED = Path(__file__).parent / "two_years.txt"
FIRST = date(2026, 4, 1)


def days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


def tick(today: date) -> None:
    """What the sweep does with duties, in its order."""
    jobs.open_duties(today=today)
    jobs.follow(today=today)
    jobs.remind(today=today)
    jobs.pass_on(today=today)


def mostly(today: date) -> None:
    """Reminders each day; the rest on Mondays and on the first of a month: a sweep that comes late changes nothing."""
    if today.weekday() == 0 or today.day == 1:
        tick(today)
    else:
        jobs.remind(today=today)


def meet(duty: Duty) -> None:
    for key, label in selectors.missing_facts(duty).items():
        jobs.record_fact(duty=duty, key=key, label=label, happened_at=clock.now(), evidence=f"test:{key}")


def walk(first: date, last: date, prompt, slow, *, ends: dict | None = None, act=tick) -> None:
    """Day by day: `prompt` meets everything ten days before it is due, `slow` seven weeks after."""
    for today in days(first, last):
        with clock.frozen(datetime.combine(today, time(9), tzinfo=clock.LONDON)):
            act(today)
            for area, after in ((prompt, -10), (slow, 49)):
                for duty in selectors.open_duties().filter(area=area, due_on=today - timedelta(days=after)):
                    meet(duty)
            if ends and today in ends:
                ends[today]()


def notices() -> list[str]:
    rows = Reminder.objects.select_related("duty__area").order_by(
        "queued_at", "duty__area__name", "duty__rule_key", "duty__due_on"
    )
    return [
        f"{clock.london_day(row.queued_at)} {row.duty.area.name}: {row.duty.title}, {row.days:+d} days, to {row.recipients}"
        for row in rows
    ]


def test_two_years_of_three_areas_are_as_they_were_read(world):
    third = worlds.area("Merging")
    worlds.hold(worlds.person("Mo"), Office.BUSINESS_MANAGER, third)
    merging = {
        date(2027, 1, 1): lambda: areas.succeed_area(
            predecessor=third, successors=[world.area], takes_over=world.area, on=date(2027, 1, 1), by=None
        )
    }
    walk(FIRST, date(2028, 3, 31), world.area, world.other_area, ends=merging, act=mostly)
    told = "\n".join(notices()) + "\n"
    if os.environ.get("WRITE_EXPECTED"):
        EXPECTED.write_text(told, "utf-8")

    assert told == EXPECTED.read_text("utf-8")


def test_ten_years_tell_of_each_step_exactly_once_and_of_nothing_that_is_closed(world):
    """With 22 clock changes, three leap days, and 30 September on a Saturday and a Sunday."""
    last = date(2036, 4, 1)
    walk(FIRST, last, world.area, world.other_area, act=mostly)

    reports = Duty.objects.filter(rule_key="yearly_report", due_on__lt=last).select_related("area")
    assert reports.count() == 2 * 10
    for duty in reports.prefetch_related("reminders"):
        rule = selectors.rule_of(duty)
        closed = clock.london_day(duty.closed_at)
        ladder = {dates.reminder_due(rule, duty.due_on, day) for day in days(duty.due_on - timedelta(200), closed)}
        expected = sorted(step.days for step in ladder if step and step.days + (duty.due_on - closed).days <= 0)
        assert [row.days for row in duty.reminders.all()] == expected, duty
        assert all(clock.london_day(row.queued_at) <= closed for row in duty.reminders.all())
        assert dates.is_in_time(duty.closed_at, duty.due_on) == (duty.area == world.area)
    keys = Counter(telling.of("reminder").values_list("person", "dedupe_key"))
    assert set(keys.values()) == {1}
    assert sum(Reminder.objects.values_list("recipients", flat=True)) == len(keys)


@pytest.mark.parametrize("away", [1, 30, 200])
def test_a_clock_that_stood_still_catches_up_once_and_without_a_flood(world, away):
    walk(date(2026, 8, 1), date(2026, 9, 15), world.area, world.other_area)
    before = Reminder.objects.count()
    back = date(2026, 9, 15) + timedelta(days=away)
    for _ in range(3):
        with clock.frozen(datetime.combine(back, time(9), tzinfo=clock.LONDON)):
            tick(back)

    caught_up = Reminder.objects.count() - before
    assert caught_up <= Duty.objects.filter(closed_at=None).count()  # one for each duty at the most
    latest = Counter(Reminder.objects.order_by("-pk")[:caught_up].values_list("duty", flat=True))
    assert set(latest.values()) <= {1}
