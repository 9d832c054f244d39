"""A year's counts and attendance as its page and its file show them."""

import csv
from dataclasses import dataclass
from io import StringIO
from typing import Any

from partnership.areas.models import Area
from partnership.counts import selectors
from partnership.counts.models import Attendance, Count
from partnership.guidance.financial_years import FinancialYear
from partnership.web.spreadsheets import BYTE_ORDER_MARK, safe

HEAD = [
    "Financial year",
    "Record",
    "Name",
    "Value",
    "Unit",
    "Meetings",
    "Attended",
    "By a deputy",
    "As of",
    "Source",
    "Invented",
]


@dataclass(frozen=True)
class YearOfCounts:
    """Everything that the page of one year shows."""

    year: FinancialYear
    counts: list[Count]
    attendance: list[Attendance]

    @property
    def is_empty(self) -> bool:
        return not (self.counts or self.attendance)

    @property
    def has_small(self) -> bool:
        return any(row.is_small for row in self.counts)

    @property
    def has_invented(self) -> bool:
        return any(row.is_invented for row in self.counts) or any(row.is_invented for row in self.attendance)


def year_of_counts(area: Area, year: FinancialYear) -> YearOfCounts:
    """Read a year in two queries."""
    return YearOfCounts(year, selectors.in_order(area, year), list(selectors.attendance(area, year)))


def as_csv(area: Area, year: FinancialYear) -> str:
    """The lines of a year, one for each count and for each agency."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    shown = year_of_counts(area, year)
    for row in shown.counts:
        value = f"{row.value.normalize():f}"
        _write(writer, year, row, ["Count", row.label, value, row.get_unit_display(), "", "", ""])
    for came in shown.attendance:
        numbers = [str(came.held), str(came.attended), str(came.by_deputy)]
        _write(writer, year, came, ["Attendance", came.agency.name, "", "", *numbers])
    return BYTE_ORDER_MARK + out.getvalue()


def _write(writer: Any, year: FinancialYear, row: Count | Attendance, cells: list[str]) -> None:
    end = [row.as_of.isoformat(), row.source, "Yes" if row.is_invented else "No"]
    writer.writerow(map(safe, [year.label, *cells, *end]))
