"""Recording the numbers that a report names, and who came to the meetings."""

from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas import selectors as areas
from partnership.areas.models import Agency, Area
from partnership.areas.roles import Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.counts import policies, selectors
from partnership.counts.kinds import STANDARD, Figure, Meetings, Unit
from partnership.counts.models import Attendance, Count
from partnership.errors import Conflict, WrongState
from partnership.guidance.financial_years import FinancialYear
from partnership.web.years import check_year


@transaction.atomic
def record_count(
    *,
    area: Area,
    year: FinancialYear,
    figure: Figure,
    by: User,
    key: str = "",
    label: str = "",
    unit: str = Unit.NUMBER,
    is_invented: bool = False,
) -> Count:
    """Record one number of a year: of a `key` that is offered to everybody, or else an indicator under a `label`.

    Raises NotAllowed, or WrongState when the year has another figure for it. The same one is recorded once.
    """
    access.require(by, Permission.RECORD_COUNTS, area)
    check_year(year)
    label = STANDARD[key] if key in STANDARD else policies.label_of(label)
    key = key if key in STANDARD else policies.key_of(label)
    policies.check_unit(unit, key)
    figure = _checked_figure(figure, unit, key, year)
    details = {"label": label, "unit": unit, "is_invented": is_invented, **vars(figure)}
    try:
        with transaction.atomic():
            row = Count.objects.create(
                area=area, start_year=year.start_year, key=key, recorded_at=clock.now(), recorded_by=by, **details
            )
    except IntegrityError as error:
        there = selectors.counts(area, year).filter(key=key).first()
        if there and _is(there, details):
            return there
        raise WrongState(f"“{label}” is recorded for {year.label} already. Correct it instead.") from error
    _note(Event.COUNT_RECORDED, row, by, label=label, value=row.said)
    return row


@transaction.atomic
def correct_count(*, count: Count, seen: Figure, figure: Figure, by: User) -> Count:
    """Correct a number, its day and its source, as they were `seen` on the screen.

    Raises Conflict when somebody else corrected them in between. What is there already is not written again.
    """
    count = Count.objects.select_for_update(of=("self",)).select_related("area").get(pk=count.pk)
    access.require(by, Permission.RECORD_COUNTS, count.area)
    figure = _checked_figure(figure, count.unit, count.key, FinancialYear(count.start_year))
    before = count.figure
    if before == figure:
        return count
    if before != seen:
        raise Conflict("Somebody else corrected this count while you were writing. Look at it again.")
    _write(count, figure, by)
    told = {"label": count.label, "before": before.in_full(count.unit), "value": figure.in_full(count.unit)}
    _note(Event.COUNT_CORRECTED, count, by, **told)
    return count


@transaction.atomic
def record_attendance(
    *, area: Area, year: FinancialYear, agency: Agency, meetings: Meetings, by: User, is_invented: bool = False
) -> Attendance:
    """Record how often one agency came to the meetings of the safeguarding partners in a year.

    Raises NotAllowed, or WrongState when it had no place there or has other numbers already.
    """
    access.require(by, Permission.RECORD_COUNTS, area)
    check_year(year)
    if not areas.agencies_in(area, year).filter(pk=agency.pk).exists():
        raise WrongState(f"{agency.name} had no place in {area.name} in {year.label}. Select an agency that had one.")
    meetings = _checked_meetings(meetings, year)
    details = {"is_invented": is_invented, **vars(meetings)}
    try:
        with transaction.atomic():
            row = Attendance.objects.create(
                area=area, start_year=year.start_year, agency=agency, recorded_at=clock.now(), recorded_by=by, **details
            )
    except IntegrityError as error:
        there = selectors.attendance(area, year).filter(agency=agency).first()
        if there and _is(there, details):
            return there
        raise WrongState(
            f"The attendance of {agency.name} is recorded for {year.label} already. Correct it instead."
        ) from error
    _note(Event.ATTENDANCE_RECORDED, row, by, agency=agency.name, value=row.said)
    return row


@transaction.atomic
def correct_attendance(*, attendance: Attendance, seen: Meetings, meetings: Meetings, by: User) -> Attendance:
    """Correct the numbers of one agency, as they were `seen` on the screen. Raises Conflict as for a count."""
    rows = Attendance.objects.select_for_update(of=("self",)).select_related("area", "agency")
    attendance = rows.get(pk=attendance.pk)
    access.require(by, Permission.RECORD_COUNTS, attendance.area)
    meetings = _checked_meetings(meetings, FinancialYear(attendance.start_year))
    before = attendance.meetings
    if before == meetings:
        return attendance
    if before != seen:
        raise Conflict("Somebody else corrected this attendance while you were writing. Look at it again.")
    _write(attendance, meetings, by)
    told = {"agency": attendance.agency.name, "before": before.in_full(), "value": meetings.in_full()}
    _note(Event.ATTENDANCE_CORRECTED, attendance, by, **told)
    return attendance


def _checked_figure(figure: Figure, unit: str, key: str, year: FinancialYear) -> Figure:
    policies.check_value(figure.value, unit, key)
    policies.check_day(figure.as_of, year, clock.today())
    return replace(figure, source=policies.source_of(figure.source))


def _checked_meetings(meetings: Meetings, year: FinancialYear) -> Meetings:
    policies.check_meetings(meetings.held, meetings.attended, meetings.by_deputy)
    policies.check_day(meetings.as_of, year, clock.today())
    return replace(meetings, source=policies.source_of(meetings.source))


def _is(row: Count | Attendance, details: dict[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in details.items())


def _write(row: Count | Attendance, written: Figure | Meetings, by: User) -> None:
    for name, value in vars(written).items():
        setattr(row, name, value)
    row.recorded_at, row.recorded_by = clock.now(), by
    row.save(update_fields=[*vars(written), "recorded_at", "recorded_by"])


def _note(event: Event, row: Count | Attendance, by: User, **data: str) -> None:
    data["year"] = FinancialYear(row.start_year).label
    audit.record(event, by=by, area_slug=row.area.slug, target=row, data=data)
