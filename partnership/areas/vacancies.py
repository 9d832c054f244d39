"""Vacancies: found and filled. They are counted anew whenever an office changes, and by the clock each minute."""

from datetime import date

from partnership import clock
from partnership.areas.models import Appointment, Area, Seat, SeatKind, Vacancy
from partnership.areas.roles import NEEDED_FOR_A_SEAT, NEEDED_FOR_THE_AREA
from partnership.audit import services as audit
from partnership.audit.events import Event

Gap = tuple[int, int | None, str]


def recount(area: Area | None = None) -> int:
    """Find offices that nobody holds today and that must be held, and close vacancies that were filled.

    Of one area, or of all in a number of queries that does not grow with them. Returns how many rows changed; safe to
    run at any time, any number of times, in the caller's transaction.
    """
    today = clock.today()
    missing = gaps(today, area)
    open_rows = Vacancy.objects.filter(filled_on=None).select_related("area", "seat__agency")
    still_open = {
        (row.area_id, row.seat_id, row.office): row for row in (open_rows.filter(area=area) if area else open_rows)
    }
    changed = sum(_find(gap, today) for gap in sorted(missing - still_open.keys(), key=str))
    return changed + sum(_fill(still_open[gap], today) for gap in still_open.keys() - missing)


def gaps(today: date, area: Area | None = None) -> set[Gap]:
    """Every office that must be held today and is not, in areas that are in use: where anybody holds an office."""
    held_rows, seat_rows = Appointment.objects.on(today), Seat.objects.filter(during__contains=today)
    if area is not None:
        held_rows, seat_rows = held_rows.filter(area=area), seat_rows.filter(area=area)
    held: set[Gap] = set(held_rows.values_list("area_id", "seat_id", "office"))
    in_use = {row[0] for row in held} | ({area.pk} if area and _was_used(area) else set())
    statutory = seat_rows.filter(kind=SeatKind.STATUTORY, area__in=in_use).values_list("area_id", "pk")
    needed: set[Gap] = {(place, seat, office.value) for place, seat in statutory for office in NEEDED_FOR_A_SEAT}
    needed |= {(place, None, office.value) for place in in_use for office in NEEDED_FOR_THE_AREA}
    return needed - held


def _was_used(area: Area) -> bool:
    """An area whose last holder has just left is still in use, until the area itself has ended."""
    return area.ended_on is None and area.appointments.filter(voided_at=None).exists()


def _find(gap: Gap, today: date) -> int:
    area_id, seat_id, office = gap
    place, seat = Area.objects.get(pk=area_id), Seat.objects.get(pk=seat_id) if seat_id else None
    vacancy, is_new = Vacancy.objects.get_or_create(
        area=place, seat=seat, office=office, filled_on=None, defaults={"since": _since(place, seat, office, today)}
    )
    if is_new:
        note(Event.VACANCY_FOUND, vacancy)
    return int(is_new)


def _since(area: Area, seat: Seat | None, office: str, today: date) -> date:
    """The first day without a holder: after the last one, or the first day of the seat or area, or today."""
    earlier = Appointment.objects.filter(
        area=area, seat=seat, office=office, voided_at=None, during__endswith__lte=today
    )
    last: date | None = earlier.order_by("-during__endswith").values_list("during__endswith", flat=True).first()
    if last:
        return last
    return (seat.during.lower if seat else None) or area.began_on or today


def _fill(vacancy: Vacancy, today: date) -> int:
    filled = Vacancy.objects.filter(pk=vacancy.pk, filled_on=None).update(filled_on=max(today, vacancy.since))
    if filled:
        note(Event.VACANCY_FILLED, vacancy)
    return filled


def note(event: Event, vacancy: Vacancy, by: object = None) -> None:
    """Put on the area's record what became of a vacancy."""
    data = {"office": vacancy.title, "since": f"{vacancy.since:%-d %B %Y}"}
    audit.record(event, by=by, area_slug=vacancy.area.slug, target=vacancy, data=data)
