"""Recording the numbers that a report names, and who came to the meetings."""

from dataclasses import replace
from typing import Any, TypeVar

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
from partnership.counts.kinds import STANDARD, Came, Counted, Figure, Meetings, Unit
from partnership.counts.models import Attendance, Count
from partnership.errors import Conflict, WrongState
from partnership.guidance.financial_years import FinancialYear
from partnership.web.correcting import reason_of
from partnership.web.years import check_year

OfFigure = TypeVar("OfFigure", bound=Figure)
OfMeetings = TypeVar("OfMeetings", bound=Meetings)


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
def correct_count(*, count: Count, seen: Counted, counted: Counted, by: User) -> Count:
    """Correct a number, its day and its source, as they were `seen` on the screen; of an own indicator all of it.

    Raises Conflict when somebody else corrected it in between, WrongState when it is gone or could not be recorded so.
    What is there already is not written again. A new name has a new key, so that tokens say what the tables say.
    """
    access.require(by, Permission.RECORD_COUNTS, count.area)
    row = Count.objects.select_for_update(of=("self",)).filter(pk=count.pk).first()
    if row is None:
        raise WrongState("This count was removed while you were writing. Record it anew if it is needed.")
    label = row.label if row.key in STANDARD else policies.label_of(counted.label)
    key = row.key if label == row.label else policies.key_of(label)
    policies.check_unit(counted.unit, key)
    counted = _checked_figure(replace(counted, label=label), counted.unit, key, FinancialYear(row.start_year))
    before = Counted.of(row)
    if before == counted:
        return row
    if before != seen:
        raise Conflict("Somebody else corrected this count while you were writing. Look at it again.")
    row.key = key
    _write(row, counted, by, f"“{label}” is recorded for {FinancialYear(row.start_year).label} already.")
    told = {"label": before.label, "before": before.told(counted), "value": counted.told(before)}
    _note(Event.COUNT_CORRECTED, row, by, **told)
    return row


@transaction.atomic
def remove_count(*, count: Count, reason: str, by: User) -> bool:
    """Take a count out of the record; the timeline keeps all of it. False where it is gone already."""
    access.require(by, Permission.RECORD_COUNTS, count.area)
    reason = reason_of(reason)
    row = Count.objects.select_for_update(of=("self",)).filter(pk=count.pk).first()
    if row is None:
        return False
    removed = row.figure.in_full(row.unit)
    _note(Event.COUNT_REMOVED, row, by, label=row.label, removed=removed, reason=reason, row=audit.all_of(row))
    row.delete()
    return True


@transaction.atomic
def record_attendance(
    *, area: Area, year: FinancialYear, agency: Agency, meetings: Meetings, by: User, is_invented: bool = False
) -> Attendance:
    """Record how often one agency came to the meetings of the safeguarding partners in a year.

    Raises NotAllowed, or WrongState when it had no place there or has other numbers already.
    """
    access.require(by, Permission.RECORD_COUNTS, area)
    check_year(year)
    _check_agency(agency, area, year)
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
def correct_attendance(*, attendance: Attendance, seen: Came, came: Came, by: User) -> Attendance:
    """Correct the attendance of one agency, as it was `seen` on the screen. Raises as for a count."""
    access.require(by, Permission.RECORD_COUNTS, attendance.area)
    rows = Attendance.objects.select_for_update(of=("self",)).select_related("agency")
    row = rows.filter(pk=attendance.pk).first()
    if row is None:
        raise WrongState("This attendance was removed while you were writing. Record it anew if it is needed.")
    year = FinancialYear(row.start_year)
    if came.agency != row.agency:
        _check_agency(came.agency, attendance.area, year)
    came = _checked_meetings(came, year)
    before = Came.of(row)
    if before == came:
        return row
    if before != seen:
        raise Conflict("Somebody else corrected this attendance while you were writing. Look at it again.")
    _write(row, came, by, f"The attendance of {came.agency.name} is recorded for {year.label} already.")
    told = {"agency": before.agency.name, "before": before.told(came), "value": came.told(before)}
    _note(Event.ATTENDANCE_CORRECTED, row, by, **told)
    return row


@transaction.atomic
def remove_attendance(*, attendance: Attendance, reason: str, by: User) -> bool:
    """Take the attendance of an agency out of the record, likewise. False where it is gone already."""
    access.require(by, Permission.RECORD_COUNTS, attendance.area)
    reason = reason_of(reason)
    row = Attendance.objects.select_for_update(of=("self",)).filter(pk=attendance.pk).first()
    if row is None:
        return False
    told = {"agency": row.agency.name, "removed": row.meetings.in_full(), "reason": reason, "row": audit.all_of(row)}
    _note(Event.ATTENDANCE_REMOVED, row, by, **told)
    row.delete()
    return True


def _check_agency(agency: Agency, area: Area, year: FinancialYear) -> None:
    if not areas.agencies_in(area, year).filter(pk=agency.pk).exists():
        raise WrongState(f"{agency.name} had no place in {area.name} in {year.label}. Select an agency that had one.")


def _checked_figure(figure: OfFigure, unit: str, key: str, year: FinancialYear) -> OfFigure:
    policies.check_value(figure.value, unit, key)
    policies.check_day(figure.as_of, year, clock.today())
    return replace(figure, source=policies.source_of(figure.source))


def _checked_meetings(meetings: OfMeetings, year: FinancialYear) -> OfMeetings:
    policies.check_meetings(meetings.held, meetings.attended, meetings.by_deputy)
    policies.check_day(meetings.as_of, year, clock.today())
    return replace(meetings, source=policies.source_of(meetings.source))


def _is(row: Count | Attendance, details: dict[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in details.items())


def _write(row: Count | Attendance, written: Counted | Came, by: User, twice: str) -> None:
    for name, value in vars(written).items():
        setattr(row, name, value)
    row.recorded_at, row.recorded_by = clock.now(), by
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise WrongState(f"{twice} Correct that one, or remove it.") from error


def _note(event: Event, row: Count | Attendance, by: User, /, **data: Any) -> None:
    data["year"] = FinancialYear(row.start_year).label
    audit.record(event, by=by, area_slug=row.area.slug, target=row, data=data)
