"""Reading counts and attendance of a year, and the table that documents draw."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count as HowMany
from django.db.models import QuerySet

from partnership.areas.models import Area
from partnership.counts.kinds import STANDARD
from partnership.counts.models import Attendance, Count
from partnership.guidance.financial_years import FinancialYear

OF_MEETINGS = "Attendance at the meetings of the safeguarding partners"
INVENTED = " (invented)"
_ORDER = {key: place for place, key in enumerate(STANDARD)}


def counts(area: Area, year: FinancialYear) -> QuerySet[Count]:
    """The counts of one year."""
    return Count.objects.filter(area=area, start_year=year.start_year)


def in_order(area: Area, year: FinancialYear) -> list[Count]:
    """The counts of one year as they are shown: those offered to everybody, then the area's own by name."""
    return sorted(counts(area, year), key=lambda row: (_ORDER.get(row.key, len(_ORDER)), row.label, row.pk))


def attendance(area: Area, year: FinancialYear) -> QuerySet[Attendance]:
    """The attendance of one year, by the name of the agency."""
    return Attendance.objects.filter(area=area, start_year=year.start_year).select_related("agency")


@dataclass(frozen=True)
class YearRecorded:
    """How much is recorded for a year."""

    year: FinancialYear
    counts: int
    agencies: int


def years(area: Area) -> list[YearRecorded]:
    """The years for which anything is recorded, newest first."""
    counted = _by_year(Count.objects.filter(area=area))
    came = _by_year(Attendance.objects.filter(area=area))
    return [
        YearRecorded(FinancialYear(start), counted.get(start, 0), came.get(start, 0))
        for start in sorted({*counted, *came}, reverse=True)
    ]


def _by_year(rows: QuerySet[Any]) -> dict[int, int]:
    return dict(rows.order_by().values_list("start_year").annotate(rows=HowMany("pk")))


def attendance_table(area: Area, year: FinancialYear) -> dict[str, Any]:
    """The attendance of a year as a table block for a document: by organisation, never by person."""
    rows = list(attendance(area, year))
    return {
        "type": "table",
        "caption": f"{OF_MEETINGS}, {year.label}",
        "head": ["Organisation", "Meetings", "Attended", "By a deputy"],
        "rows": [_cells(row) for row in rows] or [[f"Nothing is recorded for {year.label} yet", "", "", ""]],
        "align": ["left", "right", "right", "right"],
        "source": _source(rows, year),
    }


def _cells(row: Attendance) -> list[str]:
    name = row.agency.name + (INVENTED if row.is_invented else "")
    return [name, str(row.held), str(row.attended), str(row.by_deputy)]


def _source(rows: list[Attendance], year: FinancialYear) -> str:
    """Where the rows come from, each source once with its latest day."""
    latest: dict[str, Any] = {}
    for row in rows:
        latest[row.source] = max(row.as_of, latest.get(row.source, row.as_of))
    named = [f"{source}, as of {day:%-d %B %Y}" for source, day in latest.items()]
    return "; ".join(named) or f"The partnership's own record of attendance, {year.label}"
