"""Everything that happened to one duty, in the order in which it happened, in words."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from partnership.clock import london_day
from partnership.deadlines import selectors
from partnership.deadlines.models import Duty, Reminder, SwitchedOffStep
from partnership.guidance import rungs


@dataclass(frozen=True)
class Happened:
    """One line of the history. `reason`: what somebody wrote beside it."""

    at: datetime
    words: str
    reason: str = ""


def of(duty: Duty) -> list[Happened]:
    """The history of a duty, the newest line first."""
    return sorted((*_switched(duty), *_by_the_clock(duty), *_by_people(duty)), key=lambda row: row.at, reverse=True)


def _by_the_clock(duty: Duty) -> Iterator[Happened]:
    yield Happened(duty.created_at, f"Opened, due on {_day(duty.first_due_on)}")
    for fact in duty.facts.all():
        on = f", on {_day(london_day(fact.happened_at))}" if fact.recorded_at != fact.happened_at else ""
        yield Happened(fact.recorded_at, f"{fact.label}{on}")
        if fact.fallen_at:
            yield Happened(fact.fallen_at, f"{fact.label}: this no longer stands, because {fact.fallen_because}")
    for row in duty.reminders.all():
        yield Happened(row.queued_at, _reminded(row), _how_it_went(row))
    moved = duty.relaxation
    if moved and moved.confirmed_at:
        yield Happened(moved.confirmed_at, f"Moved nationally to {_day(moved.moved_to)}", moved.source)
    if duty.closed_at:
        yield Happened(duty.closed_at, "Met: everything that it asks for is on record")
    if duty.lapsed_at:
        yield Happened(duty.lapsed_at, f"Lapsed. {duty.lapsed_because}")


def _reminded(row: Reminder) -> str:
    people = "1 person" if row.recipients == 1 else f"{row.recipients} people"
    return f"A reminder to {people} (the step of {_day(row.due_on + timedelta(days=row.days))})"


def _how_it_went(row: Reminder) -> str:
    """How far the mails about it have come, the same state told once: “2 by mail: accepted by the relay”."""
    states = Counter(notice.how_it_went for notice in row.notices.all())
    return "\n".join(f"{count} of {row.recipients}: {words}" for words, count in sorted(states.items()))


def _by_people(duty: Duty) -> Iterator[Happened]:
    for target in duty.targets.all():
        words = f"set {_day(target.on)} as the area’s own day" if target.on else "took the area’s own day back"
        yield Happened(target.said_at, f"{target.said_as} {words}", target.reason)
    for hold in duty.holds.all():
        yield Happened(hold.said_at, f"{hold.said_as} put the reminders on hold", hold.reason)
        if hold.ended_at:
            yield Happened(hold.ended_at, f"{hold.ended_as} let the reminders go on")
    for said in duty.late_statements.all():
        yield Happened(said.said_at, f"{said.said_as} told the public why it is late", said.text)
    for done in [duty.turn_done] if hasattr(duty, "turn_done") else []:
        yield Happened(done.said_at, f"{done.said_as} recorded that it was done on {_day(done.done_on)}", done.record)


def _switched(duty: Duty) -> Iterator[Happened]:
    """Steps that were off here while the duty was open: what was switched off before stands at the day of its opening."""
    over = duty.closed_at or duty.lapsed_at
    rows = SwitchedOffStep.objects.filter(area=duty.area_id, rule_key=duty.rule_key)
    may_be = rungs.switched_off(selectors.rule_of(duty), {row.days for row in rows})
    for row in rows:
        is_before, is_after = row.ended_at and row.ended_at <= duty.created_at, over and row.said_at >= over
        if row.days not in may_be or is_before or is_after:
            continue
        step = f"the step of {_day(duty.due_on + timedelta(days=row.days))}, {rungs.in_words(row.days)}"
        if row.said_at < duty.created_at:
            since = _day(london_day(row.said_at))
            yield Happened(duty.created_at, f"Switched off by {row.said_as} since {since}: {step}", row.reason)
        else:
            yield Happened(row.said_at, f"Switched off by {row.said_as}: {step}", row.reason)
        if row.ended_at and not (over and row.ended_at >= over):
            yield Happened(row.ended_at, f"Switched on again by {row.ended_as}: {step}")


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
