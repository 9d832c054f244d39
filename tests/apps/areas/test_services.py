"""Offices and seats: what services and database accept and refuse."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from partnership import clock
from partnership.areas import access, selectors, services
from partnership.areas.models import AgencyKind, Appointment, Basis, SeatKind
from partnership.areas.roles import APPOINTABLE, OFFICES, Office, Permission
from partnership.errors import NotAllowed, WrongState
from tests import worlds

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 14)


def held(person, office):
    return Appointment.objects.get(person=person, office=office)


def test_two_substantive_holders_of_one_seat_and_office_are_refused(world):
    with pytest.raises(WrongState, match="Somebody already holds this office"):
        worlds.appoint(world.ines, Office.LSP, world.area, world.council)


def test_back_to_back_holders_are_accepted(world):
    services.end_appointment(appointment=held(world.amina, Office.LSP), until=TODAY, by=world.gwen)

    worlds.appoint(world.ines, Office.LSP, world.area, world.council, since=TODAY)

    assert selectors.holders(world.area, Office.LSP, TODAY).get(seat=world.council).person == world.ines
    assert selectors.holders(world.area, Office.LSP, TODAY - timedelta(1)).get(seat=world.council).person == world.amina


def test_an_acting_holder_may_stand_beside_the_substantive_one(world):
    worlds.appoint(world.ines, Office.LSP, world.area, world.council, basis=Basis.ACTING)

    assert selectors.holders(world.area, Office.LSP, TODAY).filter(seat=world.council).count() == 2


def test_a_chair_who_is_no_delegated_partner_is_refused(world):
    services.end_appointment(appointment=held(world.eve, Office.CHAIR), until=TODAY, by=world.gwen)

    with pytest.raises(WrongState, match="must be a delegated partner"):
        worlds.appoint(world.gwen, Office.CHAIR, world.area, since=TODAY)


def test_a_second_chair_is_refused(world):
    with pytest.raises(WrongState, match="already has a chair"):
        worlds.appoint(world.dev, Office.CHAIR, world.area)


def test_the_chair_ends_with_the_delegated_partner(world):
    services.end_appointment(appointment=held(world.eve, Office.DSP), until=TODAY, by=world.gwen)

    assert held(world.eve, Office.CHAIR).during.upper == TODAY


@pytest.mark.parametrize("office", [Office.LSP, Office.DSP])
def test_the_scrutineer_cannot_be_a_partner_of_the_same_area(world, office):
    with pytest.raises(WrongState, match="cannot be scrutineer and partner"):
        worlds.appoint(world.femi, office, world.area, world.council, basis=Basis.ACTING)


def test_the_scrutineer_of_one_area_may_be_partner_in_another(world):
    place = worlds.seat(world.other_area, "NHS Otherham", AgencyKind.HEALTH)

    worlds.appoint(world.femi, Office.DSP, world.other_area, place)

    assert access.offices_of(world.femi).count() == 2


def test_a_seat_of_another_area_is_refused_by_service_and_database(world):
    place = worlds.seat(world.other_area, "NHS Otherham", AgencyKind.HEALTH)

    with pytest.raises(WrongState, match="does not belong to that seat"):
        worlds.appoint(world.ines, Office.LSP, world.area, place)
    with pytest.raises(IntegrityError, match="areas_offices_are_kept"), transaction.atomic():
        Appointment.objects.filter(person=world.amina).update(seat=place)


def test_only_the_business_manager_and_the_chair_appoint(world):
    worlds.appoint(world.ines, Office.BUSINESS_SUPPORT, world.area, by=world.eve)

    for name in ("amina", "dev", "femi", "harry", "ines"):
        with pytest.raises(NotAllowed):
            worlds.appoint(world.ines, Office.OBSERVER, world.area, by=getattr(world, name))


def test_a_succession_ends_the_old_seat_and_gives_the_successor_its_place(world):
    new = services.add_agency(slug="new-icb", name="NHS New Integrated Care Board", kind=AgencyKind.HEALTH, by=None)

    services.succeed(predecessor=world.health.agency, successor=new, on=date(2026, 4, 1), by=None)

    before = {seat.agency.name for seat in selectors.statutory_seats(world.area, date(2026, 3, 31))}
    after = {seat.agency.name for seat in selectors.statutory_seats(world.area, date(2026, 4, 1))}
    assert before - after == {"NHS Ashdown Integrated Care Board"}
    assert after - before == {"NHS New Integrated Care Board"}
    assert held(world.ben, Office.LSP).during.upper == date(2026, 4, 1)


def test_the_number_of_statutory_seats_is_data(world):
    for number in range(4):
        worlds.seat(world.area, f"Another board {number}", AgencyKind.HEALTH)
    worlds.seat(world.area, "Ashdown schools", AgencyKind.EDUCATION, SeatKind.STRATEGIC)

    assert selectors.statutory_seats(world.area, TODAY).count() == 7


def test_rights_end_with_the_office_at_midnight_in_london(world):
    services.end_appointment(appointment=held(world.gwen, Office.BUSINESS_MANAGER), until=date(2026, 9, 20), by=None)

    with clock.frozen(worlds.clock.datetime(2026, 9, 19, 22, 59, 59, tzinfo=worlds.clock.UTC)):
        assert access.can(world.gwen, Permission.DRAFT_DOCUMENT, world.area)
    with clock.frozen(worlds.clock.datetime(2026, 9, 19, 23, 0, 0, tzinfo=worlds.clock.UTC)):
        assert not access.can(world.gwen, Permission.DRAFT_DOCUMENT, world.area)


def test_a_deactivated_account_holds_no_office(world):
    world.gwen.is_active = False
    world.gwen.save()

    assert not access.offices_of(world.gwen).exists()
    assert not access.areas_for(world.gwen).exists()


def test_a_refusal_names_the_offices_that_may(world):
    with pytest.raises(NotAllowed, match=r"Only a lead safeguarding partner of Ashdown may sign\."):
        access.require(world.gwen, Permission.SIGN_DOCUMENT, world.area)


@pytest.mark.parametrize("office", APPOINTABLE)
def test_each_office_may_do_exactly_what_the_table_says(world, office):
    worlds.hold(world.ines, office, world.other_area)

    allowed = {permission for permission in Permission if access.can(world.ines, permission, world.other_area)}

    extra = OFFICES[Office.DSP].permissions if office == Office.CHAIR else frozenset()
    assert allowed == OFFICES[office].permissions | extra
    assert not any(access.can(world.ines, permission, world.area) for permission in Permission)


def test_a_guest_reader_is_no_office_that_can_be_given(world):
    with pytest.raises(WrongState, match="Share a document with them by name"):
        worlds.appoint(world.ines, Office.GUEST_READER, world.area)
