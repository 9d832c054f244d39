"""Which editions of the arrangements may be begun, and what they draw on."""

from collections.abc import Callable
from datetime import date
from typing import Any

from partnership.documents.kinds import Period
from partnership.documents.models import Document
from partnership.errors import WrongState
from partnership.funding import selectors as funding
from partnership.guidance.financial_years import FinancialYear

FIRST_YEAR = 2019


def period_of(year: int) -> Period:
    """Arrangements are named by the calendar year in which they come into force."""
    return Period(date(year, 1, 1), date(year, 12, 31), str(year))


def parse_period(label: str, today: date) -> Period:
    """The period that a label names. Raises a sentence for what is no year, or too far from today."""
    text = label.strip()
    if not (text.isdigit() and len(text) == 4):
        raise WrongState(f"“{text}” is not a year. Write it like {today.year}.")
    if not FIRST_YEAR <= int(text) <= today.year + 1:
        raise WrongState(f"Arrangements can be begun for a year from {FIRST_YEAR} to {today.year + 1}.")
    return period_of(int(text))


def open_periods(today: date) -> list[Period]:
    """Next year, this year, and the years before, newest first."""
    return [period_of(year) for year in range(today.year + 1, FIRST_YEAR - 1, -1)]


def figures(document: Document) -> dict[str, Callable[[], dict[str, Any]]]:
    """The tables that the arrangements may draw on: how they will be funded."""
    year = FinancialYear.containing(document.period.lower.replace(month=4))
    return {"funding contributions": lambda: funding.contributions_table(document.area, year)}
