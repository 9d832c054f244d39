"""Working days in England: Monday to Friday without bank holidays, from the project's own list."""

import csv
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from partnership.guidance.vocabulary import EditionError

BANK_HOLIDAYS = Path(__file__).parent / "reference" / "england_bank_holidays.csv"
ONE_DAY = timedelta(days=1)


@cache
def bank_holidays() -> dict[date, str]:
    """The bank holidays of England by day, with their names."""
    with BANK_HOLIDAYS.open(encoding="utf-8", newline="") as file:
        return {date.fromisoformat(row["date"]): row["title"] for row in csv.DictReader(file)}


def is_working_day(day: date) -> bool:
    """Whether a day is one. Raises EditionError for a year whose bank holidays are not held."""
    years = {holiday.year for holiday in bank_holidays()}
    if day.year not in years:
        raise EditionError(
            f"The bank holidays of {day.year} are not in {BANK_HOLIDAYS.name}, "
            f"which covers {min(years)} to {max(years)}. Add them before counting working days."
        )
    return day.weekday() < 5 and day not in bank_holidays()


def add_working_days(start: date, n: int) -> date:
    """The nth working day after `start`; the day of `start` itself never counts. `n` is 0 or more."""
    if n < 0:
        raise ValueError("Working days are counted forwards: n must be 0 or more.")
    day = start
    while n:
        day += ONE_DAY
        n -= is_working_day(day)
    return day


def working_days_since(start: date, day: date) -> int:
    """How many working days came after `start`, up to `day` and with it. Beyond the list only weekends are known."""
    span = (start + ONE_DAY * n for n in range(1, (day - start).days + 1))
    return sum(last_working_day(each) == each for each in span)


def working_days_back(day: date, n: int) -> date:
    """The nth working day counted backwards, beginning with `day` itself. Beyond the list only weekends are known.

    Whatever happened before that day happened at least n working days ago.
    """
    if n < 1:
        raise ValueError("Working days are counted backwards from 1.")
    found = last_working_day(day)
    for _ in range(n - 1):
        found = last_working_day(found - ONE_DAY)
    return found


def last_working_day(day: date) -> date:
    """`day` if it is a working day, else the last one before it. Beyond the list only weekends are known: for plans."""
    while day.weekday() >= 5 or day in bank_holidays():
        day -= ONE_DAY
    return day
