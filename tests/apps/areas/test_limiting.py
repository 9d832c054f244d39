"""An office that is suspended, lifted or struck out, and what carries on nevertheless."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from partnership.areas import access, selectors, services
from partnership.areas.models import Appointment
from partnership.areas.roles import Office, Permission
from partnership.errors import NotAllowed, WrongState
from tests import worlds
from tests.apps.areas.test_appointing import TODAY, appoint, events, held

pytestmark = pytest.mark.django_db


def test_a_suspended_office_carries_no_right_and_is_still_held(world):
    services.suspend(appointment=held(world.dev, Office.DSP), reason="Agreed with the lead partner.", by=world.gwen)

    assert not access.can(world.dev, Permission.ANSWER_CHALLENGE, world.area)
    assert not access.areas_for(world.dev)
    assert selectors.holders(world.area, Office.DSP, TODAY).filter(person=world.dev).exists()


def test_a_lifted_suspension_gives_the_rights_back_and_both_are_on_the_record(world):
    office = held(world.dev, Office.DSP)
    services.suspend(appointment=office, reason="Agreed with the lead partner.", by=world.gwen)

    services.lift_suspension(appointment=office, by=world.gwen)

    assert access.can(world.dev, Permission.ANSWER_CHALLENGE, world.area)
    assert events(office)[:2] == ["appointment.suspension_lifted", "appointment.suspended"]


def test_suspending_twice_is_suspending_once(world):
    office = held(world.dev, Office.DSP)

    for _ in range(2):
        services.suspend(appointment=office, reason="Agreed.", by=world.gwen)

    assert events(office).count("appointment.suspended") == 1


@pytest.mark.parametrize("act", [services.suspend, services.void])
def test_nobody_limits_an_office_without_reason_right_or_distance(world, act):
    with pytest.raises(WrongState, match="Say"):
        act(appointment=held(world.dev, Office.DSP), reason="  ", by=world.gwen)
    with pytest.raises(NotAllowed):
        act(appointment=held(world.dev, Office.DSP), reason="Why not", by=world.amina)
    with pytest.raises(NotAllowed, match="of their own"):
        act(appointment=held(world.gwen, Office.BUSINESS_MANAGER), reason="Why not", by=world.gwen)


def test_what_was_recorded_in_error_counts_on_no_day_and_leaves_room(world):
    made = appoint(world, world.ines, Office.OBSERVER, since=date(2025, 1, 1))

    services.void(appointment=made, reason="The wrong Ines.", by=world.gwen)

    assert not access.areas_for(world.ines)
    assert not selectors.appointments(world.area, date(2025, 6, 1)).filter(person=world.ines).exists()
    assert Appointment.objects.get(pk=made.pk).voided_because == "The wrong Ines."


def test_a_struck_out_lead_leaves_the_seat_to_another(world):
    services.void(appointment=held(world.amina, Office.LSP), reason="Never appointed.", by=world.gwen)

    made = appoint(world, world.ines, Office.LSP, world.council, since=date(2025, 1, 1))

    assert selectors.holders(world.area, Office.LSP, date(2025, 6, 1)).get(seat=world.council) == made


def test_a_delegate_on_whom_the_chair_rests_cannot_be_struck_out(world):
    with pytest.raises(IntegrityError, match="areas_chair_is_a_delegated_partner"), transaction.atomic():
        services.void(appointment=held(world.eve, Office.DSP), reason="Never appointed.", by=world.gwen)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_an_appointment_by_which_somebody_signed_stays_and_covers_that_day(world):
    version = worlds.in_sign_off(world)
    worlds.sign(version, world.council, world.amina)

    with pytest.raises(WrongState, match="A signature was given by this appointment"):
        services.void(appointment=held(world.amina, Office.LSP), reason="Never appointed.", by=world.gwen)
    with pytest.raises(WrongState, match="A signature was given by this appointment"):
        services.end_appointment(appointment=held(world.amina, Office.LSP), until=TODAY, by=world.gwen)
    services.end_appointment(appointment=held(world.amina, Office.LSP), until=TODAY + timedelta(1), by=world.gwen)


def test_a_suspended_lead_cannot_sign_even_past_the_services(world):
    version = worlds.in_sign_off(world)
    office = held(world.amina, Office.LSP)
    services.suspend(appointment=office, reason="Agreed.", by=world.gwen)

    with pytest.raises(NotAllowed):
        worlds.sign(version, world.council, world.amina)
    with pytest.raises(IntegrityError, match="documents_signer_holds_the_seat"), transaction.atomic():
        version.sign_offs.create(
            seat=world.council, sha256=version.sha256, appointment=office, agency_name="x", office_name="x",
            person_name="x", capacity="substantive", statement="x", signed_by=world.amina,
        )  # fmt: skip
