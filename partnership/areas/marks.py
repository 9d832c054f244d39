"""A short mark of what a page showed. By it a save knows whether somebody else changed that while it was written."""

import hashlib
import json

from partnership.accounts.models import User
from partnership.areas.models import Appointment, IndependenceRecord, RelevantAgency, Seat
from partnership.errors import Conflict

CONTRACT = ("contract", "days", "fee", "paid_by", "review_on")
AGENCY = ("category", "reason", "contact_name", "contact_email")
CHANGED = (
    "Somebody else changed this while you were writing. What is there now stands beside each answer that differs. "
    "Look at it, then save yours once more."
)


def of_appointment(appointment: Appointment) -> str:
    """What can be corrected of an appointment."""
    it = appointment
    return _mark(it.job_title, it.authority, it.instrument_id, it.instrument_name)


def of_contract(appointment: Appointment) -> str:
    """What the partners recorded of a scrutineer last; what the scrutineer declared is no part of it."""
    last = IndependenceRecord.objects.filter(appointment=appointment).first()  # as it is, not as it was prefetched
    return _mark(*(getattr(last, name, None) for name in CONTRACT))


def of_agency(seat: Seat) -> str:
    """What is recorded of a relevant agency."""
    recorded = RelevantAgency.objects.get(seat=seat)
    return _mark(*(getattr(recorded, name) for name in AGENCY))


def of_address(person: User) -> str:
    """The address of an account."""
    return _mark(person.email)


def check(seen: str | None, now: str) -> None:
    """Raise Conflict where what was shown is not what is there now. `seen` None was no page."""
    if seen is not None and seen != now:
        raise Conflict(CHANGED)


def _mark(*told: object) -> str:
    return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()[:32]
