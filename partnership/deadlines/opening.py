"""Duties are opened ahead of their date by the clock, once each, and by what happens in an area."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from partnership.areas.models import Appointment, Area
from partnership.audit.events import Event
from partnership.deadlines import facts
from partnership.deadlines.models import Duty
from partnership.documents.models import Document
from partnership.guidance import dates, loader
from partnership.guidance.dated import DutyRule, Trigger

# Duties of a period are opened on its first day, so the date is in sight eighteen months before it.
REPORT = "yearly_report"
MONTHS_AHEAD = 18


@dataclass(frozen=True)
class Owed:
    """What is to be opened: under which rule, for which period or from which event, by when."""

    rule_key: str
    edition_key: str
    label: str
    title: str
    due_on: date
    event: str = ""
    began_on: date | None = None


def open_duties(*, today: date) -> int:
    """Open what the calendar brings, for every area that has it not yet. Safe to run any number of times."""
    opened = 0
    for owed, areas in (*_reports(today), *_of_rules(today)):
        opened += sum(open_duty(area=area, owed=owed) for area in _without(owed, areas))
    return opened


def _without(owed: Owed, areas: QuerySet[Area]) -> QuerySet[Area]:
    # Both must be true of one duty, which an exclude over the relation does not ask.
    have = Duty.objects.filter(rule_key=owed.rule_key, period_label=owed.label)
    return areas.exclude(pk__in=have.values("area"))


def _reports(today: date) -> Iterator[tuple[Owed, QuerySet[Area]]]:
    """The yearly reports of the current and the last financial year."""
    this_year = dates.FinancialYear.containing(today)
    for period in (this_year, this_year.previous):
        edition = loader.edition_for(REPORT, period.start, period.end)
        rule = edition.deadline(REPORT)
        due_on = dates.due_on(rule, period.end)
        # An area that was made later, or had ended before, owes nothing for this year.
        areas = Area.objects.exclude(began_on__gt=period.end).exclude(ended_on__lte=period.start)
        yield Owed(REPORT, edition.key, period.label, f"{rule.title} {period.label}", due_on), areas


def _of_rules(today: date) -> Iterator[tuple[Owed, QuerySet[Area]]]:
    """One-off dates and what comes each year, for areas in use: never a date that was over before they came."""
    last, edition = horizon(today), loader.edition_in_force(today)
    used = Appointment.objects.on(today).values("area")
    areas = Area.objects.filter(pk__in=used, ended_on=None)
    for rule in edition.duties:
        for label, due_on in _turns(rule, today):
            if today <= due_on <= last:
                title = rule.title if rule.trigger is Trigger.ONCE else f"{rule.title}, {label}"
                yield Owed(rule.key, edition.key, label, title, due_on), areas.exclude(began_on__gt=due_on)


def _turns(rule: DutyRule, today: date) -> Iterator[tuple[str, date]]:
    if rule.trigger is Trigger.ONCE and rule.on:
        yield str(rule.on.year), rule.on
    if rule.trigger is Trigger.YEARLY:
        year = dates.FinancialYear.containing(today)
        for _ in range(3):
            yield year.label, dates.in_year(rule, year)
            year = year.next


def horizon(today: date) -> date:
    """The last day that is looked ahead to."""
    return dates.add_months(today, MONTHS_AHEAD)


def from_event(rule: DutyRule, edition_key: str, *, event: str, on: date, label: str, title: str = "") -> Owed:
    """What an event on a day brings: its date is counted by the rule. Raises EditionError beyond the bank holidays held."""
    due_on = dates.from_event(rule, on)
    return Owed(rule.key, edition_key, label, title or rule.title, due_on, event, on)


@transaction.atomic
def open_duty(*, area: Area, owed: Owed) -> bool:
    """Open one duty, once. False when it is there already."""
    document = Document.objects.filter(area=area, kind=owed.rule_key, period_label=owed.label).first()
    duty, created = Duty.objects.get_or_create(
        area=area,
        rule_key=owed.rule_key,
        period_label=owed.label,
        defaults={
            "edition_key": owed.edition_key,
            "title": owed.title,
            "first_due_on": owed.due_on,
            "due_on": owed.due_on,
            "event": owed.event,
            "began_on": owed.began_on,
            "document": document,
        },
    )
    if created:
        facts.note(Event.DUTY_CREATED, duty, due=f"{owed.due_on:%-d %B %Y}")
    return created


def missing(*, today: date) -> list[tuple[str, Area]]:
    """Alarm: yearly duties with a date in the next six months that an area in use has not got, with the rule's key.

    The sweep opens them a year before, so a row here says that it does not do its work.
    """
    last = dates.add_months(today, 6)
    due = [(owed, areas) for owed, areas in (*_reports(today), *_of_rules(today)) if today <= owed.due_on <= last]
    return [(owed.rule_key, area) for owed, areas in due for area in _without(owed, areas)]
