"""Seats: opened, closed, and why a relevant agency has one."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.text import slugify

from partnership.accounts.models import User
from partnership.areas import access, categories, marks, policies
from partnership.areas.models import Agency, AgencyKind, Area, RelevantAgency, Seat, SeatKind
from partnership.areas.roles import Permission
from partnership.areas.services import leaving
from partnership.areas.services.words import in_full, lock, refusal_of
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.errors import WrongState


@transaction.atomic
def open_seat(
    *, area: Area, agency: Agency, kind: SeatKind, since: date | None, by: User | None, until: date | None = None
) -> Seat:
    """Give an agency a place in an area. `until` is the first day without it; None means open-ended."""
    try:
        with transaction.atomic():
            seat = Seat.objects.create(area=area, agency=agency, kind=kind, during=DateRange(since, until))
    except IntegrityError as error:
        raise refusal_of(error) from error
    data = {"agency": agency.name, "kind": SeatKind(kind).label.lower()}
    audit.record(Event.SEAT_OPENED, by=by, area_slug=area.slug, target=seat, data=data)
    return seat


@transaction.atomic
def close_seat(*, seat: Seat, on: date, by: User | None) -> None:
    """End a seat; `on` is the first day without it. The offices held for it end with it."""
    lock(seat.area_id)
    if seat.appointments.filter(voided_at=None, during__startswith__gt=on).exists():
        raise WrongState(f"An office for {seat.agency.name} begins after that day. Strike that appointment out first.")
    for appointment in seat.appointments.filter(voided_at=None, during__contains=on):
        leaving.end_chair_of(appointment, until=on, by=by)
        leaving.shorten(appointment, until=on, by=by, because="The agency's seat came to its end.")
    Seat.objects.filter(pk=seat.pk).update(during=DateRange(seat.during.lower, on))
    data = {"agency": seat.agency.name, "on": in_full(on)}
    audit.record(Event.SEAT_CLOSED, by=by, area_slug=seat.area.slug, target=seat, data=data)


@transaction.atomic
def name_relevant_agency(
    *,
    area: Area,
    agency: Agency,
    category: str,
    reason: str,
    since: date,
    contact_name: str,
    contact_email: str,
    by: User,
    seen: str | None = None,
) -> Seat:
    """Name an agency that the partners chose, by category and with the reason; or change what is recorded of it.

    What is recorded already is no change. `seen` is the mark of what was shown (areas.marks). Raises Conflict where
    somebody else changed it meanwhile, NotAllowed, or WrongState for an unknown category or an agency that has another
    kind of seat in that time.
    Source: Children Act 2004 section 16E and the Schedule of SI 2018/789 (see areas/reference).
    """
    access.require(by, Permission.NAME_RELEVANT_AGENCIES, area)
    if category not in categories.known():
        raise WrongState("Choose one of the categories of relevant agencies.")
    seat = Seat.objects.select_for_update().filter(area=area, agency=agency, during__contains=since).first()
    if seat:
        policies.check_can_change_agency(seat)
    known = RelevantAgency.objects.filter(seat=seat).first() if seat else None
    told = {"category": category, "reason": reason.strip(), "contact_name": contact_name.strip()}
    told["contact_email"] = contact_email.strip().lower()
    if seat and known:
        if all(getattr(known, name) == value for name, value in told.items()):
            return seat
        marks.check(seen, marks.of_agency(seat))
    seat = seat or open_seat(area=area, agency=agency, kind=SeatKind.RELEVANT, since=since, by=by)
    RelevantAgency.objects.update_or_create(seat=seat, defaults=told)
    event = Event.RELEVANT_AGENCY_CHANGED if known else Event.RELEVANT_AGENCY_NAMED
    data = {"agency": agency.name, "category": categories.known()[category].title}
    audit.record(event, by=by, area_slug=area.slug, target=seat, data=data)
    return seat


@transaction.atomic
def name_by_name(*, area: Area, name: str, by: User, once: uuid.UUID | None = None, **details: Any) -> Seat:
    """Name an agency by what it is called; one that nobody knows yet is added. `details` as for name_relevant_agency.

    Only an agency that has a seat in this area already is found again: two areas may each have a “Youth Justice Service”.
    `once`, the key of the page, makes a second click give back the first seat.
    """
    access.require(by, Permission.NAME_RELEVANT_AGENCIES, area)
    lock(area.pk)
    if once and (named := Seat.objects.filter(area=area, relevant_agency__once=once).first()):
        return named
    name = " ".join(name.split())
    known = Agency.objects.filter(name__iexact=name, seats__area=area).first()
    if known and known.seats.filter(area=area, during__contains=details["since"]).exists():
        raise WrongState(f"{known.name} already has a seat in {area.name}. Change what is recorded of it.")
    if known is None:
        slug = f"{slugify(name)[:80]}-{area.slug}-{uuid.uuid4().hex[:8]}"[-120:].strip("-")
        known = Agency.objects.create(slug=slug, name=name, kind=AgencyKind.OTHER)
        audit.record(Event.AGENCY_ADDED, by=by, area_slug=area.slug, target=known, data={"agency": name})
    seat = name_relevant_agency(area=area, agency=known, by=by, **details)
    RelevantAgency.objects.filter(seat=seat).update(once=once)
    return seat


@transaction.atomic
def drop_relevant_agency(*, seat: Seat, today: date, by: User) -> None:
    """Today is the last day on which the agency is a relevant one. Offices held for it end with it."""
    access.require(by, Permission.NAME_RELEVANT_AGENCIES, seat.area)
    seat = Seat.objects.select_for_update(of=("self",)).select_related("area", "agency").get(pk=seat.pk)
    if seat.kind != SeatKind.RELEVANT:
        raise WrongState(f"{seat.agency.name} is no relevant agency of {seat.area.name}.")
    if seat.during.upper is None:
        close_seat(seat=seat, on=today + timedelta(days=1), by=by)
