"""Who can sign in to the practice area, and what they are."""

from datetime import date, timedelta
from typing import Any

from partnership.accounts.models import Operator, User
from partnership.areas.models import Appointment
from partnership.operations.demo import totp
from partnership.operations.demo.people import PEOPLE, Person

ONE_DAY = timedelta(days=1)


def accounts() -> list[dict[str, Any]]:
    """Every practice person that has been loaded, with password, second factor and every office, whenever it is held.

    In an office `to` is the first day out of it, or None; `seat` is the agency's slug, or None.
    """
    held = _offices()
    return [
        {
            "name": person.name,
            "email": person.email,
            "password": person.password,
            "totp_secret": person.totp_secret,
            "offices": [_as_told(appointment) for appointment in held[person.email]],
        }
        for person in _loaded(held)
    ]


def sign_ins() -> list[dict[str, Any]]:
    """The same for the page of practice people: with the code that is good now, offices in words, names of the areas."""
    held, operating = _offices(), _operating()
    return [
        {
            "name": person.name,
            "email": person.email,
            "password": person.password,
            "totp_secret": person.totp_secret,
            "code": totp.code_now(person.totp_secret),
            "offices": [
                *(in_words(appointment) for appointment in held[person.email]),
                *operating.get(person.email, []),
            ],
            "areas": list(dict.fromkeys(appointment.area.name for appointment in held[person.email])),
        }
        for person in _loaded(held)
    ]


def in_words(appointment: Appointment) -> str:
    """An office as a line, such as `Partnership chair of Ealing, since 6 January 2025`."""
    first, until = appointment.during.lower, appointment.during.upper
    when = f"from {_day(first)} to {_day(until - ONE_DAY)}" if until else f"since {_day(first)}"
    signing = ""
    if appointment.basis == "acting":
        signing = ", may sign" if appointment.may_sign_while_acting else ", may not sign"
    return f"{appointment.title}, in {appointment.area.name}, {when}{signing}"


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"


def _loaded(held: dict[str, list[Appointment]]) -> list[Person]:
    return [person for person in PEOPLE if person.email in held]


def _offices() -> dict[str, list[Appointment]]:
    """The appointments of every practice person by address, the oldest first."""
    addresses = [person.email for person in PEOPLE]
    held: dict[str, list[Appointment]] = {
        email: [] for email in User.objects.filter(email__in=addresses).values_list("email", flat=True)
    }
    rows = Appointment.objects.filter(person__email__in=held).select_related("person", "area", "seat__agency")
    for appointment in rows.order_by("during", "area__name", "office"):
        held[appointment.person.email].append(appointment)
    return held


def _operating() -> dict[str, list[str]]:
    """Who operates the service, by address, as a line each. It is no office, so the JSON knows nothing of it."""
    rows = Operator.objects.filter(ended_at=None).select_related("person")
    return {row.person.email: [f"Operates this service, since {_day(row.since)}"] for row in rows}


def _as_told(appointment: Appointment) -> dict[str, str | None]:
    until = appointment.during.upper
    return {
        "role": appointment.office,
        "area": appointment.area.slug,
        "seat": appointment.seat.agency.slug if appointment.seat else None,
        "from": appointment.during.lower.isoformat(),
        "to": until.isoformat() if until else None,
    }
