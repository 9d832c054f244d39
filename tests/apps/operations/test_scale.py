"""All of England at once: 141 areas, some 4,200 people in office, and pages that ask the database as often as in a small one.

People and their offices are leaves, so they are added in bulk; areas, seats and documents come through the services.
"""

from dataclasses import dataclass

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import services as areas
from partnership.areas.models import Appointment, Area, Seat
from partnership.areas.roles import Office
from partnership.deadlines import jobs as deadlines
from partnership.documents import selectors as documents
from partnership.documents import services
from partnership.documents.kinds import kind
from tests import worlds
from tests.answered import answer_musts

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("all_england")]

POLICE = "metropolitan"
MOST = 30  # queries of the page that asks most
EACH = 30  # people in office in each area
IN_AREA = ("areas:area", "areas:people", "documents:documents", "deadlines:duties", "submissions:register")


@dataclass
class England:
    """Who asks: a manager of one area, one of two, and the lead partner of the police in all areas of London's force."""

    of_one: User
    of_two: User
    lead: User
    area: Area
    areas_of_lead: int


def _of_the_force() -> list[Seat]:
    seats = Seat.objects.filter(agency__slug__startswith=POLICE, during__contains=clock.today())
    return list(seats.select_related("area").order_by("area__name"))


def _report(area: Area, by: User) -> None:
    which = kind("yearly_report")
    document = services.begin(area=area, kind=which, period=which.parse_period("2025-26", clock.today()), by=by)
    version = documents.draft(document)
    assert version
    for section in version.sections.all():
        worlds.write(section, f"What there is to say of {section.title.lower()}.", by)
    reader = worlds.person("Reader")
    _appoint(reader, Office.BUSINESS_SUPPORT, area)
    answer_musts(version, by, reader)
    services.send_for_sign_off(version=version, by=by)


def _appoint(who: User, office: Office, area: Area, seat: Seat | None = None) -> None:
    areas.appoint(person=who, area=area, office=office, seat=seat, since=worlds.SINCE, authority="minute 1", by=None)


def _crowd() -> int:
    """Thirty people in office in every area."""
    everywhere = list(Area.objects.all())
    people = User.objects.bulk_create(
        User(email=f"person-{area.pk}-{number}@england.example", name=f"Person {number}", password="!")
        for area in everywhere
        for number in range(EACH)
    )
    held = [
        Appointment(
            person=person,
            area=everywhere[number // EACH],
            office=Office.OBSERVER if number % 2 else Office.BUSINESS_SUPPORT,
            authority="minute 1",
            during=DateRange(worlds.SINCE, None),
        )
        for number, person in enumerate(people)
    ]
    return len(Appointment.objects.bulk_create(held))


def _queries(person: User | None, addresses: dict[str, str]) -> dict[str, int]:
    """How often each page asks the database. The first time is thrown away: it fills caches of the process."""
    client, asked = Client(), {}
    if person:
        client.force_login(person)
    for name, address in addresses.items():
        assert client.get(address).status_code == 200, name
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        asked[name] = len(queries)
    return asked


def _pages(area: Area) -> dict[str, str]:
    return {"home": reverse("home"), **{name: reverse(name, args=[area.slug]) for name in IN_AREA}}


@pytest.fixture
def england(db) -> England:  # type: ignore[no-untyped-def]
    """England before the crowd, with the lead partner in the first area of the force alone."""
    worlds.national_bodies()
    deadlines.open_duties(today=clock.today())
    seats = _of_the_force()
    one, two, lead = worlds.person("One"), worlds.person("Two"), worlds.person("Lead")
    _appoint(one, Office.BUSINESS_MANAGER, seats[0].area)
    for seat in seats[:2]:
        _appoint(two, Office.BUSINESS_MANAGER, seat.area)
    _appoint(lead, Office.LSP, seats[0].area, seats[0])
    return England(one, two, lead, seats[0].area, len(seats))


def test_pages_ask_as_often_in_all_of_england_as_in_one_area(england):
    seats, first = _of_the_force(), england.area
    for seat in seats[:2]:
        _report(seat.area, england.of_two)
    alone = {who: _queries(person, _pages(first)) for who, person in _who(england).items()}
    public_before = _queries(None, {"public:areas": reverse("public:areas")})

    manager = worlds.person("Manager")
    _appoint(england.lead, Office.LSP, seats[1].area, seats[1])
    for seat in seats[2:]:
        _appoint(manager, Office.BUSINESS_MANAGER, seat.area)
        _appoint(england.lead, Office.LSP, seat.area, seat)
        _report(seat.area, manager)
    added = _crowd()
    everywhere = {who: _queries(person, _pages(first)) for who, person in _who(england).items()}

    assert added > 4100
    assert england.areas_of_lead >= 25
    assert everywhere == alone  # the same number for each page, though the lead partner went from 1 area to some 30
    assert max(everywhere["lead of the force"].values()) <= MOST
    assert _queries(None, {"public:areas": reverse("public:areas")}) == public_before


def _who(england: England) -> dict[str, User]:
    return {"of one area": england.of_one, "of two areas": england.of_two, "lead of the force": england.lead}
