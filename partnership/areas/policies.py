"""When an appointment may be made, ended or corrected, and where it departs from the guidance."""

from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from partnership.accounts.models import User
from partnership.areas.departures import DepartureRule
from partnership.areas.models import AgencyKind, Appointment, Area, Seat, SeatKind
from partnership.areas.roles import BY_NAME, SEAT_OPTIONAL, SEATED, Office
from partnership.errors import NotAllowed, WrongState

ONE_DAY = timedelta(days=1)
BUSINESS = (Office.BUSINESS_MANAGER, Office.BUSINESS_SUPPORT)


def check_is_not_oneself(*, person: User, by: User | None) -> None:
    """Nobody gives themselves an office, ends a limit on it, or confirms it: somebody else of the area records it."""
    if by is not None and person.pk == by.pk:
        raise NotAllowed("Nobody records an office of their own. Ask somebody else who may record appointments.")


def check_seat(*, area: Area, office: Office, seat: Seat | None) -> None:
    """The office is held for a seat where it belongs to one, of this area, of the right kind."""
    if office in BY_NAME:
        raise WrongState("A guest reader holds no office. Share a document with them by name.")
    if office in SEATED and seat is None:
        raise WrongState(f"Choose the agency for which this person is {office.label.lower()}.")
    if seat is not None and (office not in SEATED | SEAT_OPTIONAL or seat.area_id != area.pk):
        raise WrongState(f"The office of {office.label.lower()} does not belong to that seat of {area.name}.")
    if office == Office.LSP and seat is not None and seat.kind != SeatKind.STATUTORY:
        raise WrongState(f"Only a statutory safeguarding partner has a lead partner, and {seat.agency.name} is none.")
    if office == Office.OBSERVER and seat is not None and seat.agency.kind != AgencyKind.LOCAL_AUTHORITY:
        raise WrongState(f"Only a council has a lead member for children's services, and {seat.agency.name} is none.")


def check_can_change_agency(seat: Seat) -> None:
    """What is recorded of a relevant agency is open until its last day is known."""
    if seat.kind != SeatKind.RELEVANT:
        raise WrongState(f"{seat.agency.name} already has a seat as {seat.get_kind_display().lower()}.")
    if seat.during.upper:
        last = f"{seat.during.upper - ONE_DAY:%-d %B %Y}"
        raise WrongState(f"{seat.agency.name} is ended as a relevant agency: its last day is {last}.")


def check_can_change(appointment: Appointment) -> None:
    """What was recorded in error is closed for good."""
    if appointment.voided_at:
        raise WrongState("This appointment was recorded in error and is struck out. Record a new one.")


def check_is_not_over(appointment: Appointment, *, today: date) -> None:
    """Nothing is left to limit in an office that came to its end."""
    if appointment.during.upper and appointment.during.upper <= today:
        raise WrongState("This office came to its end, so it carries no right any more.")


def check_can_end(appointment: Appointment, *, until: date, because: str) -> None:
    """An office ends after it began, earlier than it would have ended anyway, and on one day for one reason."""
    check_can_change(appointment)
    if until == appointment.during.upper and appointment.ended_because not in ("", because):
        raise WrongState(
            f"It is recorded already that the office ends on that day. The reason: {appointment.ended_because}"
        )
    if until <= appointment.during.lower:
        raise WrongState("The last day cannot be before the first. Give a later day.")
    if appointment.during.upper and until > appointment.during.upper:
        raise WrongState("This office ends earlier than that. To go on, record a new appointment with its own letter.")


def departures_of(
    *,
    person: User | None,
    area: Area,
    office: Office,
    seat: Seat | None,
    during: DateRange,
    is_head: bool,
    is_paid_by_a_partner: bool,
) -> list[DepartureRule]:
    """The rules from which an appointment would depart; `person` None is somebody who has no account yet.

    They are warned of and noted with a reason, never blocked.
    """
    known = person.pk if person else None
    others = Appointment.objects.filter(person_id=known, area=area, voided_at=None, during__overlap=during)
    held = {(row.office, row.seat_id) for row in others}
    return departures_beside(held, office=office, seat=seat, is_head=is_head, is_paid_by_a_partner=is_paid_by_a_partner)


def departures_beside(
    held: set[tuple[str, int | None]], *, office: Office, seat: Seat | None, is_head: bool, is_paid_by_a_partner: bool
) -> list[DepartureRule]:
    """The same for somebody who holds these offices, each with its seat, in that time. Asks the database nothing."""
    found: list[DepartureRule] = []
    offices = {held_office for held_office, _ in held}
    if office == Office.LSP and not is_head:
        found.append(DepartureRule.LEAD_IS_NOT_HEAD)
    counterpart = {Office.LSP: Office.DSP, Office.DSP: Office.LSP}.get(office)
    if seat is not None and counterpart and (counterpart.value, seat.pk) in held:
        found.append(DepartureRule.LEAD_IS_ALSO_DELEGATE)
    if office == Office.DSP and seat is not None and seat.kind != SeatKind.STATUTORY:
        found.append(DepartureRule.DELEGATE_OF_NO_STATUTORY_SEAT)
    if office == Office.SCRUTINEER and is_paid_by_a_partner:
        found.append(DepartureRule.SCRUTINEER_IS_PAID_BY_A_PARTNER)
    if _together(office, offices, Office.SCRUTINEER):
        found.append(DepartureRule.SCRUTINEER_RUNS_THE_BUSINESS)
    if _together(office, offices, Office.CHAIR):
        found.append(DepartureRule.CHAIR_RUNS_THE_BUSINESS)
    return found


def _together(office: Office, held: set[str], apart: Office) -> bool:
    return (office == apart and bool(held & set(BUSINESS))) or (office in BUSINESS and apart in held)
