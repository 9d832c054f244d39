"""One person holds one office once at a time, and a lead member belongs to a council."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from partnership.areas import selectors, services
from partnership.areas.importing.verdicts import Outcome
from partnership.areas.models import AgencyKind, Appointment, Basis, SeatKind
from partnership.areas.roles import Office
from partnership.errors import WrongState
from tests import worlds
from tests.apps.areas.lists import checked, said

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 14)
ALREADY = "This person holds this office in that time already"


def appoint(world, office, seat=None, **more):
    details = {"since": TODAY, "authority": "Letter of 1 September 2026", "by": world.gwen, **more}
    return services.appoint(person=world.ines, area=world.area, office=office, seat=seat, **details)


def test_the_same_person_holds_the_same_office_once_at_a_time(world):
    appoint(world, Office.BUSINESS_SUPPORT)

    with pytest.raises(WrongState, match=ALREADY):
        appoint(world, Office.BUSINESS_SUPPORT, since=TODAY + timedelta(30))

    assert Appointment.objects.filter(person=world.ines).count() == 1


def test_it_holds_for_a_seat_whatever_the_basis(world):
    appoint(world, Office.DSP, world.health)

    with pytest.raises(WrongState, match=ALREADY):
        appoint(world, Office.DSP, world.health, basis=Basis.INTERIM)


def test_it_holds_for_a_sub_group_whatever_its_capitals(world):
    appoint(world, Office.SUB_GROUP_CHAIR, sub_group="Learning")

    with pytest.raises(WrongState, match=ALREADY):
        appoint(world, Office.SUB_GROUP_CHAIR, sub_group="LEARNING")


def test_another_sub_group_another_time_and_one_struck_out_are_no_hindrance(world):
    first = appoint(world, Office.SUB_GROUP_CHAIR, sub_group="Learning", until=TODAY + timedelta(30))
    appoint(world, Office.SUB_GROUP_CHAIR, sub_group="Neglect")
    appoint(world, Office.SUB_GROUP_CHAIR, sub_group="Learning", since=TODAY + timedelta(30))
    services.void(appointment=first, reason="Recorded in error.", by=world.gwen)
    appoint(world, Office.SUB_GROUP_CHAIR, sub_group="Learning", until=TODAY + timedelta(30))

    assert Appointment.objects.filter(person=world.ines, voided_at=None).count() == 3


def test_a_list_says_of_the_same_office_that_it_is_recorded_already(world):
    appoint(world, Office.SUB_GROUP_CHAIR, sub_group="Learning")
    cells = {"name": "Ines", "email": world.ines.email, "office": "sub_group_chair"}

    same, other = checked(world.area, world.gwen, {**cells, "sub_group": "LEARNING"}, {**cells, "sub_group": "Neglect"})

    assert (same.outcome, other.outcome) == (Outcome.SAME, Outcome.NEW)


def test_the_page_says_it_at_the_day_and_keeps_what_was_typed(client, world):
    appoint(world, Office.BUSINESS_SUPPORT)
    client.force_login(world.gwen)
    typed = {
        "once": "6a6a3b0e-0a55-4b43-9f0c-0d7c1f3b2a12", "email": world.ines.email, "name": "Ines", "since_day": "1",
        "since_month": "10", "since_year": "2026", "basis": "substantive", "authority": "A decision of the board",
    }  # fmt: skip

    answer = client.post(reverse("areas:appoint_to", args=[world.area.slug, "business_support"]), typed)

    assert answer.status_code == 409
    assert ALREADY in answer.context["form"].errors["since"][0]
    assert "A decision of the board" in answer.content.decode()


def test_a_lead_member_belongs_to_a_council(world):
    with pytest.raises(WrongState, match="Only a council has a lead member"):
        appoint(world, Office.OBSERVER, world.police)

    assert appoint(world, Office.OBSERVER, world.council).seat == world.council


def test_only_councils_are_offered_for_a_lead_member(world):
    worlds.seat(world.area, "Ashdown Schools Forum", AgencyKind.EDUCATION, SeatKind.STRATEGIC)

    assert list(selectors.seats_for(world.area, Office.OBSERVER, TODAY)) == [world.council]


def test_a_list_cannot_give_the_police_a_lead_member(world):
    (verdict,) = checked(world.area, world.gwen, {"office": "observer", "agency": "Ashdown Police"})

    assert said(verdict) == [
        ("Agency", "Only a council has a lead member for children's services, and Ashdown Police is none.")
    ]
