"""Areas and bodies: made, renamed, succeeded. The operator's commands do this, so no office is asked for."""

from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from partnership.accounts.models import User
from partnership.areas.models import Agency, AgencyKind, Area, AreaSuccession, EarlierName, Seat, SeatKind, Succession
from partnership.areas.services import leaving
from partnership.areas.services.seats import close_seat, open_seat
from partnership.areas.services.words import in_full, lock
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.errors import WrongState


@transaction.atomic
def open_area(
    *,
    slug: str,
    name: str,
    partnership_name: str,
    by: User | None,
    is_invented: bool = False,
    began_on: date | None = None,
) -> Area:
    """Add an area. `began_on` is its first day where it was made by a split or a merger."""
    area = Area.objects.create(
        slug=slug, name=name, partnership_name=partnership_name, is_invented=is_invented, began_on=began_on
    )
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
def rename_agency(*, agency: Agency, name: str, on: date, by: User | None) -> Agency:
    """Give a body another name from a day on. The register of an earlier day, and old documents, keep the old one."""
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    name = name.strip()
    if not name or name == agency.name:
        raise WrongState(f"{agency.name} has this name already. Give the new one.")
    last = agency.earlier_names.order_by("-during").first()
    if last and on <= last.during.upper:
        raise WrongState("The body had another name on that day. Choose a later day.")
    since = last.during.upper if last else None
    EarlierName.objects.create(agency=agency, name=agency.name, during=DateRange(since, on))
    before, agency.name = agency.name, name
    agency.save(update_fields=["name"])
    data = {"before": before, "agency": name, "on": in_full(on)}
    audit.record(Event.AGENCY_RENAMED, by=by, target=agency, data=data)
    for slug in agency.seats.filter(during__contains=on).values_list("area__slug", flat=True):
        audit.record(Event.AGENCY_RENAMED, by=by, area_slug=slug, target=agency, data=data)
    return agency


@transaction.atomic
def succeed(*, predecessor: Agency, successor: Agency, on: date, by: User | None, note: str = "") -> Succession:
    """Record that one body took over from another; the seats of the first end, and the successor takes its place."""
    succession = Succession.objects.create(predecessor=predecessor, successor=successor, on=on, note=note)
    Agency.objects.filter(pk=predecessor.pk).update(abolished_on=on)
    data = {"predecessor": predecessor.name, "successor": successor.name, "on": in_full(on)}
    audit.record(Event.AGENCY_SUCCEEDED, by=by, target=predecessor, data=data)
    for seat in predecessor.seats.select_for_update().filter(during__contains=on):
        until = seat.during.upper
        close_seat(seat=seat, on=on, by=by)
        taken = Seat.objects.filter(area=seat.area, agency=successor, during__overlap=DateRange(on, until))
        if not taken.exists():
            open_seat(area=seat.area, agency=successor, kind=SeatKind(seat.kind), since=on, until=until, by=by)
        audit.record(Event.AGENCY_SUCCEEDED, by=by, area_slug=seat.area.slug, target=predecessor, data=data)
    return succession


@transaction.atomic
def succeed_area(
    *, predecessor: Area, successors: list[Area], takes_over: Area, on: date, by: User | None, note: str = ""
) -> list[AreaSuccession]:
    """Record that an area was split or merged: its seats and offices end, and its successors stand in its place.

    `takes_over`, one of the successors, answers for what is still owed for the old area; its people see that area. The
    seats of the successors are opened by the caller: which agency sits where is a fact, not a rule. A chain of
    successions leads to its end: who took over from the predecessor's predecessors now answers for these, too.
    """
    if takes_over not in successors:
        raise WrongState("The area that takes over the duties must be one of the successors.")
    lock(predecessor.pk)
    later = DateRange(on, None)
    if predecessor.seats.filter(during__startswith__gte=on, during__overlap=later).exists():
        raise WrongState(
            f"A seat of {predecessor.name} begins on that day or later. An area ends after its seats begin."
        )
    rows = [
        AreaSuccession.objects.create(
            predecessor=predecessor, successor=area, on=on, takes_over_duties=area == takes_over, note=note
        )
        for area in successors
    ]
    Area.objects.filter(pk=predecessor.pk).update(ended_on=on)
    for seat in predecessor.seats.select_for_update().filter(during__contains=on):
        close_seat(seat=seat, on=on, by=by)
    for appointment in predecessor.appointments.on(on):
        leaving.shorten(appointment, until=on, by=by, because="The area came to its end.")
    AreaSuccession.objects.filter(successor=predecessor, takes_over_duties=True).update(successor=takes_over)
    names = ", ".join(area.name for area in successors)
    data = {"predecessor": predecessor.name, "successors": names, "takes_over": takes_over.name, "on": in_full(on)}
    for area in (predecessor, *successors):
        audit.record(Event.AREA_SUCCEEDED, by=by, area_slug=area.slug, target=predecessor, data=data)
    return rows
