"""A session ends with the last office of its person; whoever signs in without one sees their own record."""

from datetime import date, datetime, timedelta

import pytest

from partnership import clock
from partnership.areas import services
from partnership.areas.models import Appointment
from partnership.areas.roles import Office
from tests import worlds
from tests.apps.scrutiny import talk

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 14)


def open_session(client, who):
    client.force_login(who)
    assert client.get("/").status_code == 200


def end(world, name, office):
    services.end_appointment(
        appointment=Appointment.objects.get(person=world.people[name], office=office), until=TODAY, by=None
    )


def test_the_session_ends_at_the_next_request_after_the_last_office(client, world):
    open_session(client, world.femi)
    end(world, "femi", Office.SCRUTINEER)

    answer = client.get("/", follow=True)

    assert "Your last office here has ended" in answer.content.decode()
    assert client.get("/").url.startswith("/account/login/")


def test_a_post_after_the_last_office_changes_nothing_and_ends_the_session(client, world):
    open_session(client, world.gwen)
    end(world, "gwen", Office.BUSINESS_MANAGER)

    answer = client.post(f"/areas/{world.area.slug}/people/appoint/observer/", {})

    assert answer.url == "/account/login/"


def test_a_suspension_ends_the_session_too(client, world):
    open_session(client, world.dev)
    services.suspend(appointment=Appointment.objects.get(person=world.dev), reason="Agreed.", by=world.gwen)

    assert client.get("/").url == "/account/login/"


def test_one_of_two_offices_keeps_the_session(client, world):
    worlds.appoint(world.femi, Office.SCRUTINEER, world.other_area)
    open_session(client, world.femi)
    services.end_appointment(
        appointment=Appointment.objects.get(person=world.femi, area=world.area), until=TODAY, by=None
    )

    assert client.get("/").status_code == 200


def test_whoever_signs_in_without_an_office_is_let_in_to_their_own_record(client, world):
    end(world, "femi", Office.SCRUTINEER)
    client.force_login(world.femi)

    for _ in range(2):
        assert "You hold no office today" in client.get("/").content.decode()
    assert client.get(f"/areas/{world.area.slug}/").status_code == 404


def test_an_office_that_begins_later_lets_its_person_in(client, world):
    worlds.appoint(world.ines, Office.OBSERVER, world.area, since=TODAY + timedelta(7))
    client.force_login(world.ines)

    assert "What begins later" in client.get("/").content.decode()


def test_public_pages_are_read_whatever_became_of_an_office(client, world):
    open_session(client, world.femi)
    end(world, "femi", Office.SCRUTINEER)

    assert client.get("/published/").status_code == 200


def test_what_somebody_signed_and_said_stays_open_to_them_alone(client, world):
    draft = worlds.written(world)
    talk.answer(world, talk.challenge(world, draft.document, "Where is the evidence of it?"))
    version = worlds.documents.send_for_sign_off(version=draft, by=world.gwen)
    worlds.sign(version, world.council, world.amina)
    end(world, "femi", Office.SCRUTINEER)
    services.end_appointment(
        appointment=Appointment.objects.get(person=world.amina), until=TODAY + timedelta(1), by=world.gwen
    )

    client.force_login(world.femi)
    scrutineer = client.get("/").content.decode()
    with clock.frozen(datetime(2026, 9, 15, 9, tzinfo=clock.LONDON)):
        client.force_login(world.amina)
        lead = client.get("/").content.decode()

    assert "Where is the evidence of it?" in scrutineer
    assert f"for {world.council.agency.name}" in lead
    assert "Where is the evidence of it?" not in lead
