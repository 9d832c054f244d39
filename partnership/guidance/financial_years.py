"""The partnership year: 1 April to 31 March, known by the year it begins in."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from partnership.clock import london_day
from partnership.errors import Refused

YEAR = re.compile(r"(?P<first>\d{4})\s*(?:-|–|/|\bto\b)\s*(?P<last>\d{4}|\d{2})", re.ASCII)
EARLIEST, LATEST = 1900, 9998


class NotAFinancialYear(Refused, ValueError):
    """What was typed is not a financial year. The message says how to write one."""


class BeyondTheCalendar(NotAFinancialYear):
    """It is a year, and too far away."""


@dataclass(frozen=True, order=True)
class FinancialYear:
    """One financial year, for instance FinancialYear(2025) for 2025-26."""

    start_year: int

    def __post_init__(self) -> None:
        if not EARLIEST <= self.start_year <= LATEST:
            raise BeyondTheCalendar(f"A financial year must begin between {EARLIEST} and {LATEST}.")

    @classmethod
    def parse(cls, text: str) -> "FinancialYear":
        """From “2024-25”, “2024/25” or “2024 to 2025”; raises NotAFinancialYear with a sentence for anything else."""
        found = YEAR.fullmatch(text.strip().lower())
        if not found:
            raise NotAFinancialYear(f"“{text.strip()}” is not a financial year. Write it like 2025-26.")
        first, last = int(found["first"]), found["last"]
        if int(last) != (first + 1) % (100 if len(last) == 2 else 10_000):
            raise NotAFinancialYear(
                f"“{text.strip()}” is not one financial year. A year that begins in {first} is written {_label(first)}."
            )
        return cls(first)

    @classmethod
    def containing(cls, day: date) -> "FinancialYear":
        """The financial year in which a day falls; a moment counts by its day in London."""
        day = london_day(day) if isinstance(day, datetime) else day
        return cls(day.year if (day.month, day.day) >= (4, 1) else day.year - 1)

    @property
    def start(self) -> date:
        return date(self.start_year, 4, 1)

    @property
    def end(self) -> date:
        return date(self.start_year + 1, 3, 31)

    @property
    def label(self) -> str:
        return _label(self.start_year)

    @property
    def next(self) -> "FinancialYear":
        return FinancialYear(self.start_year + 1)

    @property
    def previous(self) -> "FinancialYear":
        return FinancialYear(self.start_year - 1)

    def contains(self, day: date) -> bool:
        """Whether a day, or a moment by its day in London, falls in this year."""
        return FinancialYear.containing(day) == self

    def is_over(self, today: date) -> bool:
        return today > self.end

    def __str__(self) -> str:
        return self.label


def financial_year(value: str | date) -> FinancialYear:
    """The financial year of a label or of a day. Raises NotAFinancialYear for a label that is none."""
    return FinancialYear.parse(value) if isinstance(value, str) else FinancialYear.containing(value)


def _label(start_year: int) -> str:
    return f"{start_year}-{(start_year + 1) % 100:02}"
