"""What every service here needs: the area's lock, the database's refusals in words, days as the record writes them."""

from datetime import date, timedelta

from django.db import IntegrityError

from partnership.areas.models import Area, Seat
from partnership.errors import WrongState

REFUSALS = {
    "areas_one_office_once_at_a_time": "This person holds this office in that time already. End that first, or choose other days.",
    "areas_one_substantive_holder": "Somebody already holds this office for this seat in that time. End it first.",
    "areas_one_chair_at_a_time": "The partnership already has a chair in that time. End it first.",
    "areas_scrutineer_is_no_partner": "One person cannot be scrutineer and partner of the same area at the same time.",
    "areas_chair_is_a_delegated_partner": "The chair must be a delegated partner of the area in all that time.",
    "areas_one_seat_for_an_agency_at_a_time": "This agency already has a seat in this area in that time.",
    "areas_office_lies_within_its_seat": "The agency does not have its seat in all that time. Choose days within it.",
    "areas_acting_lead_signs_by_an_instrument": "An acting lead partner signs only if the letter on file says so. Add it.",
    "areas_signature_rests_on_it": "A signature was given by this appointment, so it must cover that day. End it on a later day.",
    "areas_one_chair_turn_at_a_time": "Another agency is planned to chair in that time. Choose other days.",
}


def refusal_of(error: IntegrityError, seat: Seat | None = None) -> WrongState:
    """The sentence for a constraint of this app, with the days of the `seat` where they are what was missed.

    Raises the error again where there is none: it is a fault of ours.
    """
    text = str(error)
    for name, sentence in REFUSALS.items():
        if name in text:
            is_of_seat = seat and name == "areas_office_lies_within_its_seat"
            return WrongState(_beyond(seat) if seat and is_of_seat else sentence)
    raise error


def _beyond(known: Seat) -> str:
    seat = Seat.objects.select_related("agency").get(pk=known.pk)  # its days may have changed since it was read
    first, after = seat.during.lower, seat.during.upper
    until = f" to {in_full(after - timedelta(days=1))}" if after else " on"
    since = f"from {in_full(first)}{until}" if first else f"until{until.removeprefix(' to')}"
    return f"{seat.agency.name} does not have its seat in all that time: it has it {since}. Choose days within it."


def in_full(day: date) -> str:
    """30 September 2026, for the data of an event."""
    return f"{day:%-d %B %Y}"


def lock(area_id: int) -> None:
    """Hold the area until the end of the transaction. Whoever changes its offices holds this first."""
    Area.objects.select_for_update(no_key=True).get(pk=area_id)
