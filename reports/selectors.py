"""Which years a yearly report may tell of, and what it draws on."""

from collections.abc import Callable
from datetime import date
from typing import Any

from partnership import clock
from partnership.areas import selectors as areas
from partnership.counts import facts as counts_facts
from partnership.counts import selectors as counts
from partnership.documents import facts as documents
from partnership.documents.kinds import Period
from partnership.documents.models import Document
from partnership.errors import WrongState
from partnership.funding import facts as funding_facts
from partnership.funding import selectors as funding
from partnership.guidance.financial_years import FinancialYear
from scrutiny import facts as challenges

# The oldest year offered; older reports were made under guidance that is not held here.
FIRST_YEAR = 2018


def period_of(year: FinancialYear) -> Period:
    """The period of a report: the financial year."""
    return Period(year.start, year.end, year.label)


def parse_period(label: str, today: date) -> Period:
    """The period that a label names. Raises a sentence for what is no year, is too old, or is not over yet."""
    year = FinancialYear.parse(label)
    if year.start_year < FIRST_YEAR:
        raise WrongState(
            f"The oldest yearly report that can be begun here is that of {FinancialYear(FIRST_YEAR).label}."
        )
    if not year.is_over(today):
        raise WrongState(
            f"The year {year.label} is not over yet. Its report can be begun from {year.next.start:%-d %B %Y}."
        )
    return period_of(year)


def open_periods(today: date) -> list[Period]:
    """The years that may be reported on, newest first."""
    newest = FinancialYear.containing(today).previous
    return [period_of(FinancialYear(start)) for start in range(newest.start_year, FIRST_YEAR - 1, -1)]


def not_yet(today: date) -> str:
    """Why the year that runs is not among them, and from when it is."""
    running = FinancialYear.containing(today)
    return (
        f"A yearly report can be begun when its year is over: that of {running.label} from "
        f"{running.next.start:%-d %B %Y}. A year whose report has been begun already is not offered again."
    )


def figures(document: Document) -> dict[str, Callable[[], dict[str, Any]]]:
    """The tables that the text of a report may draw on."""
    year = FinancialYear.parse(document.period_label)
    return {
        "funding contributions": lambda: funding.contributions_table(document.area, year),
        "funding spending": lambda: funding.spending_table(document.area, year),
        "attendance": lambda: counts.attendance_table(document.area, year),
    }


def facts(document: Document) -> documents.Facts:
    """The facts that the report may name: from the registers, the money and the counts of its year, the challenges."""
    today, area = clock.today(), document.area
    year = FinancialYear.parse(document.period_label)
    words = documents.words(areas.statutory_seats(area, today))
    return {
        **documents.of_registers(area, today),
        **funding_facts.of_year(area, year, today, words),
        **counts_facts.of_year(area, year, today, words),
        **challenges.of_document(document, today),
    }
