"""Reading areas, seats and offices, as they are or as they were on a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q, QuerySet

from partnership.areas import access
from partnership.areas.models import (
    AccessReview,
    Agency,
    AgencyKind,
    Appointment,
    Area,
    AreaSuccession,
    ChairTurn,
    HandOver,
    ReviewedAccess,
    Seat,
    SeatKind,
    Vacancy,
)
from partnership.areas.roles import NEEDED_FOR_A_SEAT, NEEDED_FOR_THE_AREA, SEATED, Office
from partnership.guidance.financial_years import FinancialYear

# The offices of a seat and of the whole partnership, in the order in which a register shows them.
OF_A_SEAT = (Office.LSP, Office.DSP, Office.EDUCATION, Office.CONTRIBUTOR, Office.OBSERVER, Office.SUB_GROUP_CHAIR)
OF_THE_AREA = (
    Office.CHAIR,
    Office.SCRUTINEER,
    Office.BUSINESS_MANAGER,
    Office.BUSINESS_SUPPORT,
    Office.EDUCATION,
    Office.SUB_GROUP_CHAIR,
    Office.OBSERVER,
)


ONE_DAY = timedelta(days=1)


def answering_for(area: Area, on: date) -> Area:
    """The area that answers for this one on a day: itself, or the one that took over what was owed for it."""
    heir = AreaSuccession.objects.filter(predecessor=area, takes_over_duties=True, on__lte=on)
    found = heir.select_related("successor").first()
    return found.successor if found else area


def successions(area: Area) -> QuerySet[AreaSuccession]:
    """What took the place of an area that came to its end, by name; empty for any other."""
    return AreaSuccession.objects.filter(predecessor=area).select_related("successor").order_by("successor__name")


def statutory_seats(area: Area, on: date) -> QuerySet[Seat]:
    """The seats whose lead partners must sign on that day, however many there are."""
    return seats(answering_for(area, on), on).filter(kind=SeatKind.STATUTORY)


def agencies_in(area: Area, year: FinancialYear) -> QuerySet[Agency]:
    """The agencies with a place in the area on any day of the year."""
    seats = Seat.objects.filter(area=area, during__overlap=DateRange(year.start, year.next.start))
    return Agency.objects.filter(pk__in=seats.values("agency_id"))


def seats(area: Area, on: date) -> QuerySet[Seat]:
    """Every seat of an area that is there on a day."""
    return Seat.objects.filter(area=area, during__contains=on).select_related("agency", "area")


def appointments(area: Area, on: date) -> QuerySet[Appointment]:
    """Every office held in an area on a day, suspended or not."""
    held = Appointment.objects.on(on).filter(area=area)
    return held.select_related("person", "seat__agency", "area")


def in_force(area: Area, on: date) -> QuerySet[Appointment]:
    """Every office that carries its rights in an area on a day, of people whose account is open; whom to write to."""
    return appointments(answering_for(area, on), on).filter(suspended_at=None, person__is_active=True)


def holders(area: Area, office: Office, on: date) -> QuerySet[Appointment]:
    """Who holds an office of an area on a day."""
    return appointments(answering_for(area, on), on).filter(office=office)


def signers(area: Area, on: date) -> QuerySet[Appointment]:
    """The lead partners who may sign on a day: acting ones only where their letter says so."""
    return access.may_sign(in_force(area, on))


@dataclass
class Held:
    """One office in a register: of a seat or of the whole partnership, with everybody who holds it."""

    office: Office
    holders: list[Appointment] = field(default_factory=list)
    is_needed: bool = False

    @property
    def is_vacant(self) -> bool:
        return not self.holders and self.is_needed


@dataclass
class SeatRow:
    """One seat of a register, its agency under the name of the day, and its offices."""

    seat: Seat
    agency_name: str
    offices: list[Held]

    def of(self, office: Office) -> list[Appointment]:
        return next((held.holders for held in self.offices if held.office == office), [])


@dataclass
class Register:
    """Who holds which office of an area on a day. A vacancy is a row too."""

    on: date
    seats: list[SeatRow]
    offices: list[Held]


def register(area: Area, on: date) -> Register:
    """The whole register of an area on a day, in a number of queries that does not grow with it."""
    held: dict[tuple[int | None, str], list[Appointment]] = defaultdict(list)
    for appointment in appointments(area, on).prefetch_related("departures"):
        held[(appointment.seat_id, appointment.office)].append(appointment)
    rows = seats(area, on).select_related("relevant_agency").prefetch_related("agency__earlier_names")
    return Register(
        on=on,
        seats=[SeatRow(seat, seat.agency.name_on(on), _of_seat(seat, held)) for seat in sorted(rows, key=_rank)],
        offices=[
            Held(office, held[(None, office)], office in NEEDED_FOR_THE_AREA)
            for office in OF_THE_AREA
            if held[(None, office)] or office not in (Office.SUB_GROUP_CHAIR, Office.EDUCATION)
        ],
    )


def _of_seat(seat: Seat, held: dict[tuple[int | None, str], list[Appointment]]) -> list[Held]:
    is_statutory = seat.kind == SeatKind.STATUTORY
    always = NEEDED_FOR_A_SEAT if is_statutory else ()
    return [
        Held(office, held[(seat.pk, office)], is_statutory and office in NEEDED_FOR_A_SEAT)
        for office in OF_A_SEAT
        if office in always or held[(seat.pk, office)]
    ]


def _rank(seat: Seat) -> tuple[int, str, str]:
    return list(SeatKind).index(SeatKind(seat.kind)), seat.agency.kind, seat.agency.name


def seats_for(area: Area, office: Office, on: date) -> QuerySet[Seat]:
    """The seats for which this office can be held on a day."""
    found = seats(area, on)
    if office == Office.OBSERVER:
        return found.filter(agency__kind=AgencyKind.LOCAL_AUTHORITY)
    return found.filter(kind=SeatKind.STATUTORY) if office == Office.LSP and office in SEATED else found


def ending_in(area: Area, first: date, last: date) -> QuerySet[Appointment]:
    """Offices of an area whose last day lies between two days, both included, the soonest first."""
    rows = Appointment.objects.filter(
        area=area, voided_at=None, during__endswith__range=(first + ONE_DAY, last + ONE_DAY)
    )
    return _with_people(rows).order_by("during__endswith", "office")


def beginning_after(area: Area, day: date) -> QuerySet[Appointment]:
    """Offices of an area that begin after a day, the soonest first."""
    rows = Appointment.objects.filter(area=area, voided_at=None, during__startswith__gt=day)
    return _with_people(rows).order_by("during__startswith", "office")


def _with_people(rows: QuerySet[Appointment]) -> QuerySet[Appointment]:
    return rows.select_related("person", "area", "seat__agency").prefetch_related("departures")


def vacant_since(area: Area, office: Office, seat: Seat | None, on: date) -> date | None:
    """The first day after the last holder of an office that stands empty on a day; None where nobody ever held it."""
    held = Appointment.objects.filter(area=area, office=office, seat=seat, voided_at=None, during__endswith__lte=on)
    last = held.order_by("-during__endswith").first()
    upper: date | None = last.during.upper if last else None
    return upper


def open_vacancies(area: Area) -> QuerySet[Vacancy]:
    """Offices of the area that nobody holds, the longest vacant first."""
    return Vacancy.objects.filter(area=area, filled_on=None).select_related("area", "seat__agency", "planned_by")


def hand_overs(area: Area) -> QuerySet[HandOver]:
    """The lists of an area, the newest first, each with its items."""
    rows = HandOver.objects.filter(Q(leaving__area=area) | Q(arriving__area=area))
    people = ("leaving__person", "leaving__seat__agency", "leaving__area", "arriving__person", "arriving__seat__agency")
    return rows.select_related(*people, "arriving__area").prefetch_related("items__done_by").order_by("-made_at")


def heirs(held: Appointment, on: date) -> list[tuple[str, list[Appointment]]]:
    """The bodies that took over from that of an office, each with who holds the office for it in the area on a day."""
    if held.seat is None:
        return []
    bodies = Agency.objects.filter(succeeded_from__predecessor=held.seat.agency_id, seats__area=held.area_id)
    there = list(appointments(held.area, on).filter(office=held.office, seat__agency__in=bodies))
    return [
        (body.name, [row for row in there if row.seat and row.seat.agency_id == body.pk]) for body in bodies.distinct()
    ]


def chair_turns(area: Area) -> QuerySet[ChairTurn]:
    """The plan by which the chair rotates, in its order."""
    return ChairTurn.objects.filter(area=area).select_related("area", "seat__agency", "planned_by").order_by("during")


def turn_row(turn: ChairTurn, today: date) -> dict[str, object]:
    """A turn with its last day, and whether it is the present one or over."""
    upper: date | None = turn.during.upper
    return {
        "turn": turn,
        "last": upper - ONE_DAY if upper else None,
        "is_now": today in turn.during,
        "is_over": bool(upper and upper <= today),
    }


def ever(area: Area, office: Office) -> QuerySet[Appointment]:
    """Everybody who ever held an office of the whole partnership, the latest first."""
    rows = Appointment.objects.filter(area=area, office=office, voided_at=None)
    return _with_people(rows).prefetch_related("independence__recorded_by").order_by("-during__startswith")


def ever_relevant(area: Area) -> QuerySet[Seat]:
    """Every relevant agency that an area has or had, by name."""
    rows = Seat.objects.filter(area=area, kind=SeatKind.RELEVANT, relevant_agency__isnull=False)
    return rows.select_related("agency", "area", "relevant_agency").order_by("agency__name")


def relevant_agencies(area: Area, on: date) -> QuerySet[Seat]:
    """The relevant agencies of an area on a day, by name."""
    return ever_relevant(area).filter(during__contains=on)


def access_reviews(area: Area) -> QuerySet[AccessReview]:
    """The access reviews of an area, the newest quarter first."""
    rows = AccessReview.objects.filter(area=area).select_related("area", "seat__agency", "signed_by")
    return rows.prefetch_related("lines").order_by("-quarter", "seat__agency__name")


def to_be_ended(areas: Iterable[int], today: date) -> QuerySet[Appointment]:
    """Offices that a signed review says are to end, and that are still held."""
    marked = ReviewedAccess.objects.filter(verdict=ReviewedAccess.Verdict.END, review__signed_at__isnull=False)
    held = Appointment.objects.on(today).filter(area__in=areas, pk__in=marked.values("appointment"))
    return _with_people(held).filter(during__upper_inf=True).order_by("area__name", "office")
