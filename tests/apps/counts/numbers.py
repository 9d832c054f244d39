"""Counts and attendance of the cast, recorded through services."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from partnership.areas.models import Seat
from partnership.counts import services
from partnership.counts.kinds import Came, Counted, Figure, Meetings
from partnership.counts.models import Attendance, Count
from partnership.guidance.financial_years import FinancialYear
from tests.worlds import World

YEAR = FinancialYear(2025)
DAY = date(2026, 3, 31)
SOURCE = "Minute 4"


def figure(value: str = "7", as_of: date = DAY, source: str = SOURCE) -> Figure:
    """A number on the last day of 2025-26."""
    return Figure(Decimal(value), as_of, source)


def meetings(held: int = 5, attended: int = 4, by_deputy: int = 1, as_of: date = DAY, source: str = SOURCE) -> Meetings:
    """Five meetings in 2025-26, of which the member came to four and a deputy to one."""
    return Meetings(held, attended, by_deputy, as_of, source)


def count(world: World, key: str = "rapid-reviews", value: str = "7", **more: Any) -> Count:
    """One count of 2025-26, recorded by Gwen, unless said otherwise."""
    details = {"year": YEAR, "figure": figure(value), "by": world.gwen, **more}
    return services.record_count(area=world.area, key=key, **details)


def own(world: World, label: str = "Children seen in time", value: str = "87", **more: Any) -> Count:
    """An indicator of the area's own, in per cent."""
    return count(world, "", value, **{"label": label, "unit": "per_cent", **more})


def attendance(world: World, seat: Seat, **more: Any) -> Attendance:
    """The attendance of the agency of a seat in 2025-26."""
    details = {"year": YEAR, "meetings": meetings(), "by": world.gwen, **more}
    return services.record_attendance(area=world.area, agency=seat.agency, **details)


def counted(row: Count, figure: Figure, **changed: str) -> Counted:
    """What a row becomes with another figure."""
    return replace(Counted.of(row), **vars(figure), **changed)


def of(row: Attendance, meetings: Meetings) -> Came:
    """What the attendance of an agency becomes with other numbers."""
    return replace(Came.of(row), **vars(meetings))
