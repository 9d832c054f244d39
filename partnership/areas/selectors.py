"""Reading areas, seats and offices, as they are or as they were on a day."""

from collections import defaultdict
from datetime import date

from django.db.models import QuerySet

from partnership.areas.models import Appointment, Area, Basis, Seat, SeatKind
from partnership.areas.roles import Office


def statutory_seats(area: Area, on: date) -> QuerySet[Seat]:
    """The seats whose lead partners must sign on that day, however many there are."""
    return seats(area, on).filter(kind=SeatKind.STATUTORY)


def seats(area: Area, on: date) -> QuerySet[Seat]:
    """Every seat of an area that is there on a day."""
    return Seat.objects.filter(area=area, during__contains=on).select_related("agency", "area")


def appointments(area: Area, on: date) -> QuerySet[Appointment]:
    """Every office held in an area on a day."""
    held = Appointment.objects.filter(area=area, during__contains=on)
    return held.select_related("person", "seat__agency", "area")


def holders(area: Area, office: Office, on: date) -> QuerySet[Appointment]:
    """Who holds an office of an area on a day."""
    return appointments(area, on).filter(office=office)


def signers(area: Area, on: date) -> QuerySet[Appointment]:
    """The lead partners who may sign on a day: acting ones only where their letter says so."""
    return holders(area, Office.LSP, on).exclude(basis=Basis.ACTING, may_sign_while_acting=False)


def register(area: Area, on: date) -> list[dict[str, object]]:
    """One row for each seat and each office of the whole partnership on a day; a vacancy is a row too."""
    held: dict[tuple[int | None, str], list[Appointment]] = defaultdict(list)
    for appointment in appointments(area, on):
        held[(appointment.seat_id, appointment.office)].append(appointment)
    rows: list[dict[str, object]] = []
    for seat in seats(area, on):
        lead, deputy = held[(seat.pk, Office.LSP)], held[(seat.pk, Office.DSP)]
        rows.append({"seat": seat, "lead": lead, "deputy": deputy})
    for office in (Office.CHAIR, Office.SCRUTINEER, Office.BUSINESS_MANAGER, Office.BUSINESS_SUPPORT, Office.OBSERVER):
        rows.append({"office": office.label, "holders": held[(None, office)]})
    return rows
