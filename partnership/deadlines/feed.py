"""Dates as a calendar file (RFC 5545): the same days that the pages show, drawn from the same functions."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import icalendar
from django.conf import settings
from django.urls import reverse

from partnership import clock
from partnership.deadlines import presenting, selectors
from partnership.deadlines.models import Duty

REFRESH = timedelta(hours=12)


def calendar_of(duties: Iterable[Duty], name: str) -> bytes:
    """A calendar with the date of each duty, the area's own day and the steps of the plan as long as it is open.

    What lapsed is left out. `name` is what a calendar program shows above it.
    """
    book = icalendar.Calendar()
    book.add("prodid", f"-//{settings.SERVICE_NAME}//Duties//EN")
    book.add("version", "2.0")
    book.add("x-wr-calname", name)
    book.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for duty in duties:
        for event in _events(duty):
            book.add_component(event)
    return bytes(book.to_ical())


def _events(duty: Duty) -> Iterator[icalendar.Event]:
    if duty.lapsed_at:
        return
    facts = "; ".join(str(row["label"]) for row in selectors.fact_rows(duty))
    stands = presenting.standing(duty, clock.today()) if duty.closed_at else "due"
    yield _event(duty, "", duty.due_on, f"{duty.title}, {stands}", f"Met when all of these are recorded: {facts}.")
    if not duty.is_open:
        return
    target = selectors.target_of(duty)
    if target and target.on:
        yield _event(duty, "-target", target.on, f"{duty.title}: our own day", "Set by the area, before the date.")
    for step in presenting.plan(duty):
        words = f"Our advice, not law. Who: {step.who}. For: {duty.title}."
        yield _event(duty, f"-{step.key}", step.on, step.title, words)


def _event(duty: Duty, part: str, on: date, summary: str, words: str) -> icalendar.Event:
    where = settings.PUBLIC_ADDRESS + reverse("deadlines:duty", args=[duty.area.slug, duty.pk])
    event = icalendar.Event()
    event.add("uid", f"duty-{duty.pk}{part}@{duty.area.slug}")
    event.add("dtstamp", clock.now())
    event.add("dtstart", on)
    event.add("dtend", on + timedelta(days=1))
    event.add("summary", f"{duty.area.name}: {summary}")
    event.add("description", f"{words} {where}")
    event.add("url", where)
    event.add("transp", "TRANSPARENT")
    return event
