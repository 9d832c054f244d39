"""Which years a kind of document may be begun for: calendar years for what stands, financial years for what tells of one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from partnership.documents.kinds import Period
from partnership.errors import WrongState
from partnership.guidance.financial_years import FinancialYear


@dataclass(frozen=True)
class CalendarYears:
    """Documents named by the calendar year in which they come into force: next year's, this year's, and earlier ones."""

    what: str  # as it begins a sentence: “Arrangements”
    first: int

    def parse(self, label: str, today: date) -> Period:
        """The period that a label names. Raises a sentence for what is no year, or too far from today."""
        text = label.strip()
        if not (text.isdigit() and len(text) == 4):
            raise WrongState(f"“{text}” is not a year. Write it like {today.year}.")
        if not self.first <= int(text) <= today.year + 1:
            raise WrongState(f"{self.what} can be begun for a year from {self.first} to {today.year + 1}.")
        return self._period(int(text))

    def open(self, today: date) -> list[Period]:
        """Next year, this year, and the years before, newest first."""
        return [self._period(year) for year in range(today.year + 1, self.first - 1, -1)]

    def _period(self, year: int) -> Period:
        return Period(date(year, 1, 1), date(year, 12, 31), str(year))


@dataclass(frozen=True)
class FinancialYears:
    """Documents of a financial year. `newest`: the last year for which one may be begun on a day."""

    noun: str
    first: int
    newest: Callable[[FinancialYear], FinancialYear]  # from the year that runs
    too_early: Callable[[FinancialYear], str]

    def parse(self, label: str, today: date) -> Period:
        """The period that a label names. Raises a sentence for what is no year, is too old, or too early."""
        year = FinancialYear.parse(label)
        if year.start_year < self.first:
            oldest = FinancialYear(self.first).label
            raise WrongState(f"The oldest {self.noun} that can be begun here is that of {oldest}.")
        if year > self.newest(FinancialYear.containing(today)):
            raise WrongState(self.too_early(year))
        return self._period(year)

    def open(self, today: date) -> list[Period]:
        """The years for which one may be begun, newest first."""
        newest = self.newest(FinancialYear.containing(today))
        return [self._period(FinancialYear(start)) for start in range(newest.start_year, self.first - 1, -1)]

    def _period(self, year: FinancialYear) -> Period:
        return Period(year.start, year.end, year.label)
