"""What people do to areas, seats and offices. Every right in the service rests on these rows."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.models import Agency, AgencyKind, Appointment, Area, Basis, Seat, SeatKind, Succession
from partnership.areas.roles import SEATED, Office, Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.errors import WrongState

# What the database says no to, in words for the person who typed it.
REFUSALS = {
    "areas_one_substantive_holder": "Somebody already holds this office for this seat in that time. End it first.",
    "areas_one_chair_at_a_time": "The partnership already has a chair in that time. End it first.",
    "areas_scrutineer_is_no_partner": "One person cannot be scrutineer and partner of the same area at the same time.",
    "areas_chair_is_a_delegated_partner": "The chair must be a delegated partner of the area in all that time.",
    "areas_one_seat_for_an_agency_at_a_time": "This agency already has a seat in this area in that time.",
}


def _in_words(error: IntegrityError) -> WrongState:
    text = str(error)
    for name, sentence in REFUSALS.items():
        if name in text:
            return WrongState(sentence)
    raise error


@transaction.atomic
def open_area(*, slug: str, name: str, partnership_name: str, by: User | None, is_invented: bool = False) -> Area:
    """Add an area. Only the operator's commands do this, so no office is asked for."""
    area = Area.objects.create(slug=slug, name=name, partnership_name=partnership_name, is_invented=is_invented)
    audit.record(Event.AREA_OPENED, by=by, area_slug=slug, target=area, data={"area": name})
    return area


@transaction.atomic
def add_agency(
    *, slug: str, name: str, kind: AgencyKind, by: User | None, code: str = "", is_invented: bool = False
) -> Agency:
    """Add a body. Bodies belong to no area until they have a seat."""
    agency = Agency.objects.create(slug=slug, name=name, kind=kind, code=code, is_invented=is_invented)
    audit.record(Event.AGENCY_ADDED, by=by, target=agency, data={"agency": name})
    return agency


@transaction.atomic
def succeed(*, predecessor: Agency, successor: Agency, on: date, by: User | None, note: str = "") -> Succession:
    """Record that one body took over from another; the seats of the first end, and the successor takes its place."""
    succession = Succession.objects.create(predecessor=predecessor, successor=successor, on=on, note=note)
    Agency.objects.filter(pk=predecessor.pk).update(abolished_on=on)
    data = {"predecessor": predecessor.name, "successor": successor.name, "on": f"{on:%-d %B %Y}"}
    audit.record(Event.AGENCY_SUCCEEDED, by=by, target=predecessor, data=data)
    for seat in predecessor.seats.select_for_update().filter(during__contains=on):
        _close(seat, on=on, by=by)
        taken = Seat.objects.filter(area=seat.area, agency=successor, during__overlap=DateRange(on, seat.during.upper))
        if not taken.exists():
            open_seat(
                area=seat.area, agency=successor, kind=SeatKind(seat.kind), since=on, until=seat.during.upper, by=by
            )
        audit.record(Event.AGENCY_SUCCEEDED, by=by, area_slug=seat.area.slug, target=predecessor, data=data)
    return succession


def _close(seat: Seat, *, on: date, by: User | None) -> None:
    for appointment in seat.appointments.filter(during__contains=on):
        _shorten(appointment, until=on, by=by)
    Seat.objects.filter(pk=seat.pk).update(during=DateRange(seat.during.lower, on))
    data = {"agency": seat.agency.name, "on": f"{on:%-d %B %Y}"}
    audit.record(Event.SEAT_CLOSED, by=by, area_slug=seat.area.slug, target=seat, data=data)


@transaction.atomic
def open_seat(
    *, area: Area, agency: Agency, kind: SeatKind, since: date | None, by: User | None, until: date | None = None
) -> Seat:
    """Give an agency a place in an area. `until` is the first day without it; None means open-ended."""
    try:
        with transaction.atomic():
            seat = Seat.objects.create(area=area, agency=agency, kind=kind, during=DateRange(since, until))
    except IntegrityError as error:
        raise _in_words(error) from error
    data = {"agency": agency.name, "kind": SeatKind(kind).label.lower()}
    audit.record(Event.SEAT_OPENED, by=by, area_slug=area.slug, target=seat, data=data)
    return seat


@transaction.atomic
def appoint(
    *,
    person: User,
    area: Area,
    office: Office,
    since: date,
    authority: str,
    by: User | None,
    seat: Seat | None = None,
    until: date | None = None,
    basis: Basis = Basis.SUBSTANTIVE,
    job_title: str = "",
    may_sign_while_acting: bool = False,
) -> Appointment:
    """Record that a person holds an office; `until` is the first day out of it, `by` None an operator's command."""
    if by is not None:
        access.require(by, Permission.APPOINT, area)
    if (office in SEATED) != (seat is not None) or (seat and seat.area_id != area.pk):
        raise WrongState(f"The office of {office.label} needs the right seat of {area.name}.")
    try:
        with transaction.atomic():
            appointment = Appointment.objects.create(
                person=person,
                area=area,
                seat=seat,
                office=office,
                basis=basis,
                authority=authority,
                job_title=job_title,
                may_sign_while_acting=may_sign_while_acting,
                during=DateRange(since, until),
                recorded_by=by,
            )
    except IntegrityError as error:
        raise _in_words(error) from error
    data = {"person": person.name, "office": appointment.title, "since": f"{since:%-d %B %Y}"}
    audit.record(Event.APPOINTED, by=by, area_slug=area.slug, target=appointment, data=data)
    return appointment


@transaction.atomic
def end_appointment(*, appointment: Appointment, until: date, by: User | None) -> Appointment:
    """End an office; `until` is the first day out of it. A delegated partner who leaves stops being chair."""
    appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if by is not None:
        access.require(by, Permission.APPOINT, appointment.area)
    if until <= appointment.during.lower:
        raise WrongState("The last day cannot be before the first. Give a later day.")
    if appointment.office == Office.DSP:
        chairs = Appointment.objects.filter(
            area=appointment.area, person=appointment.person, office=Office.CHAIR, during__contains=until
        )
        for chair in chairs:
            _shorten(chair, until=until, by=by)
    _shorten(appointment, until=until, by=by)
    appointment.refresh_from_db()
    return appointment


def _shorten(appointment: Appointment, *, until: date, by: User | None) -> None:
    Appointment.objects.filter(pk=appointment.pk).update(during=DateRange(appointment.during.lower, until))
    data = {"person": appointment.person.name, "office": appointment.title, "until": f"{until:%-d %B %Y}"}
    audit.record(Event.APPOINTMENT_ENDED, by=by, area_slug=appointment.area.slug, target=appointment, data=data)
