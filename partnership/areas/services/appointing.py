"""Appointing, correcting what was written of an appointment, and ending it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from partnership.accounts.models import User
from partnership.areas import access, letters, marks, policies, vacancies
from partnership.areas.departures import DepartureRule
from partnership.areas.models import Appointment, Area, Basis, Departure, Seat
from partnership.areas.roles import Office, Permission
from partnership.areas.services import handing_over, leaving
from partnership.areas.services.words import in_full, lock, refusal_of
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.errors import Incomplete
from partnership.files.models import StoredFile

ENDED = "The office came to its end."


class More(TypedDict, total=False):
    """What may be said of an appointment beside who, what, when and on whose decision."""

    basis: Basis
    job_title: str
    may_sign_while_acting: bool
    sub_group: str
    firm: str
    instrument: StoredFile | None
    instrument_name: str


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
    is_head: bool = True,
    is_paid_by_a_partner: bool = False,
    reasons: Mapping[DepartureRule, str] | None = None,
    once: UUID | None = None,
    **more: Unpack[More],
) -> Appointment:
    """Record that a person holds an office; `until` is the first day out of it, `by` None an operator's command.

    `once`, the key of the page, makes a second click give back the first appointment. Raises NotAllowed, WrongState for
    what the database refuses, or Incomplete with each departure from the guidance that has no reason in `reasons` yet.
    """
    if by is not None:
        access.require(by, Permission.APPOINT, area)
    lock(area.pk)
    if known := recorded(once, area, by):
        return known
    policies.check_is_not_oneself(person=person, by=by)
    policies.check_seat(area=area, office=office, seat=seat)
    office_held = {"person": person, "area": area, "office": office, "seat": seat, "during": DateRange(since, until)}
    departs = policies.departures_of(**office_held, is_head=is_head, is_paid_by_a_partner=is_paid_by_a_partner)  # type: ignore[arg-type]
    given = _reasons(departs, reasons or {}, by)
    appointment = _create(**office_held, authority=authority.strip(), once=once, recorded_by=by, **_stripped(more))
    for rule, reason in given.items():
        _note_departure(appointment, rule, reason, by)
    handing_over.begin_for_arrival(appointment, by=by)
    if by is not None:
        vacancies.recount(area)
        letters.appointed(appointment, by)
    return appointment


def recorded(once: UUID | None, area: Area, by: User | None) -> Appointment | None:
    """What a page with this key has recorded already. Asked under the area's lock."""
    return Appointment.objects.filter(once=once, area=area, recorded_by=by).first() if once else None


def _reasons(
    departs: list[DepartureRule], reasons: Mapping[DepartureRule, str], by: User | None
) -> dict[DepartureRule, str]:
    """The reason for each departure. A person gives every one; an operator's command may leave them to be noted later."""
    given = {rule: reason for rule in departs if (reason := reasons.get(rule, "").strip())}
    if by is not None and (without := [rule for rule in departs if rule not in given]):
        raise Incomplete("Say why this appointment departs from the guidance.", tuple(without))
    return given


def _stripped(more: More) -> dict[str, object]:
    return {name: value.strip() if isinstance(value, str) else value for name, value in more.items()}


def _create(**fields: Any) -> Appointment:
    try:
        with transaction.atomic():
            appointment = Appointment.objects.create(**fields)
    except IntegrityError as error:
        raise refusal_of(error, fields.get("seat")) from error
    data = {
        "person": appointment.person.name,
        "office": appointment.title,
        "since": in_full(appointment.during.lower),
        "authority": appointment.authority,
    }
    audit.record(
        Event.APPOINTED, by=appointment.recorded_by, area_slug=appointment.area.slug, target=appointment, data=data
    )
    return appointment


def _note_departure(appointment: Appointment, rule: DepartureRule, reason: str, by: User | None) -> None:
    departure = Departure.objects.create(appointment=appointment, rule=rule, reason=reason, noted_by=by)
    data = {"person": appointment.person.name, "office": appointment.title, "rule": rule.label, "reason": reason}
    audit.record(Event.DEPARTURE_NOTED, by=by, area_slug=appointment.area.slug, target=departure, data=data)


@transaction.atomic
def correct(
    *,
    appointment: Appointment,
    job_title: str,
    authority: str,
    by: User,
    instrument: StoredFile | None = None,
    instrument_name: str = "",
    seen: str | None = None,
) -> Appointment:
    """Mend what was written beside an appointment: job title, authority, the letter on file. Person and days stay.

    What says the same as before is no correction, and nothing is recorded of it. `seen` is the mark of what was shown
    (areas.marks); raises Conflict where somebody else corrected it meanwhile.
    """
    appointment = _locked(appointment)
    access.require(by, Permission.APPOINT, appointment.area)
    policies.check_is_not_oneself(person=appointment.person, by=by)
    policies.check_can_change(appointment)
    before, unlike = (
        {"job_title": appointment.job_title, "authority": appointment.authority},
        marks.of_appointment(appointment),
    )
    appointment.job_title, appointment.authority = job_title.strip(), authority.strip()
    if instrument is not None:
        appointment.instrument, appointment.instrument_name = instrument, instrument_name
    if marks.of_appointment(appointment) == unlike:
        return appointment
    marks.check(seen, unlike)
    appointment.save(update_fields=["job_title", "authority", "instrument", "instrument_name"])
    data = {"person": appointment.person.name, "office": appointment.title, "before": before}
    audit.record(Event.APPOINTMENT_CORRECTED, by=by, area_slug=appointment.area.slug, target=appointment, data=data)
    return appointment


@transaction.atomic
def end_appointment(*, appointment: Appointment, until: date, by: User | None, because: str = ENDED) -> Appointment:
    """End an office; `until` is the first day out of it. A delegated partner who leaves stops being chair.

    The same day for the same reason again changes nothing. Raises NotAllowed, or WrongState for a day that does not fit.
    """
    lock(appointment.area_id)
    appointment = _locked(appointment)
    if by is not None:
        access.require(by, Permission.APPOINT, appointment.area)
    because = because.strip() or ENDED
    policies.check_can_end(appointment, until=until, because=because)
    if until == appointment.during.upper and because == appointment.ended_because:
        return appointment
    leaving.end_chair_of(appointment, until=until, by=by)
    leaving.shorten(appointment, until=until, by=by, because=because)
    return appointment


def _locked(appointment: Appointment) -> Appointment:
    rows = Appointment.objects.select_for_update(of=("self",)).select_related("area", "person", "seat__agency")
    return rows.get(pk=appointment.pk)
