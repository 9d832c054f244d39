"""How the last report stood to its date, as a fact that the next one may draw on; and what was said to the public of it."""

from datetime import date

from partnership.clock import london_day
from partnership.deadlines import selectors
from partnership.deadlines.models import Duty
from partnership.documents.facts import Facts
from partnership.documents.kinds import Fact
from partnership.documents.models import Document
from partnership.guidance import dates
from partnership.guidance.financial_years import FinancialYear

NAME = "last report and its date"
SOURCE = "The record of duties"


def of_document(document: Document, on: date) -> Facts:
    """Of a yearly report: whether the one before it was in time, and if not, what the partners said of it."""
    if document.kind != selectors.REPORT:
        return {}

    def fact() -> Fact:
        duty = last_duty(document)
        value = in_words(duty) if duty else ""
        return Fact("The last report and its date", value, SOURCE, on, missing="no earlier report is on record")

    return {NAME: fact}


def last_duty(document: Document) -> Duty | None:
    """The duty of the year before that of a yearly report, where one was ever opened here."""
    year = FinancialYear.containing(document.period.lower).previous
    return Duty.objects.filter(area=document.area_id, rule_key=selectors.REPORT, period_label=year.label).first()


def is_late(duty: Duty, today: date) -> bool:
    """Whether a duty was met late, or is still owed after its date."""
    closed = duty.closed_at
    return not dates.is_in_time(closed, duty.due_on) if closed else duty.is_open and duty.due_on < today


def in_words(duty: Duty) -> str:
    """Such as: “Due on 30 September 2025; published and sent on 3 November 2025, late by 34 days.” with the reason given."""
    due = f"Due on {_day(duty.due_on)}"
    if duty.closed_at is None:
        words = f"{due}; not yet everything of it is on record."
    else:
        met = london_day(duty.closed_at)
        late = (met - duty.due_on).days
        counted = "1 day" if late == 1 else f"{late} days"
        words = f"{due}; published and sent by {_day(met)}, {'in time' if late <= 0 else f'late by {counted}'}."
    said = selectors.late_statement(duty)
    return f"{words} The partners said of it: “{' '.join(said.text.split())}”" if said else words


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
