"""A text or a release that was written past the services, straight into the table: what the database itself refuses."""

import hashlib
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from partnership import clock
from partnership.areas import services as areas
from partnership.areas.models import Appointment
from partnership.areas.roles import Office, Permission, offices_with
from partnership.contributions import access, services
from partnership.contributions.models import Outcome, Release, Room, Writing
from tests import worlds
from tests.apps.contributions import rooms
from tests.apps.contributions.rooms import SECRET

pytestmark = pytest.mark.django_db
OTHERS = ["amina", "ben", "dev", "femi", "gwen", "harry", "ines"]


@pytest.fixture
def room(world) -> Room:
    """The police are asked; Eve has written."""
    made = rooms.asked(world, worlds.begun(world))
    rooms.write(made, world.eve)
    made.refresh_from_db()
    return made


def forge_writing(room: Room, by, **more) -> Writing:
    given = {"round": room.round, "revision": 7, "body": "Forged.", "outcome": Outcome.KEPT_ASIDE, "saved_by": by}
    return Writing.objects.create(room=room, **{**given, **more})


def forge_release(room: Room, by, body: str = SECRET, **more) -> Release:
    words = {"agency_name": room.agency_name, "person_name": by.name, "office_name": "Delegated safeguarding partner"}
    given = {"round": room.round, "sha256": hashlib.sha256(body.encode()).hexdigest(), "released_by": by, **words}
    return Release.objects.create(room=room, body=body, **{**given, **more})


def is_refused(rule: str):
    return pytest.raises(IntegrityError, match=rule)


@pytest.mark.parametrize("name", OTHERS)
def test_a_text_by_somebody_who_is_not_of_the_agency(world, room, name):
    with is_refused("contributions_written_by_the_agency"), transaction.atomic():
        forge_writing(room, getattr(world, name))
    forge_writing(room, world.cerys)


@pytest.mark.parametrize("name", [*OTHERS, "cerys"])
def test_a_release_by_somebody_who_is_not_the_delegated_partner_of_the_agency(world, room, name):
    with is_refused("contributions_released_by_the_delegate"), transaction.atomic():
        forge_release(room, getattr(world, name))
    forge_release(room, world.eve)


@pytest.mark.parametrize("how", ["ended", "suspended", "account closed"])
def test_a_text_and_a_release_by_a_delegated_partner_without_the_rights_of_the_office(world, room, how):
    if how == "ended":
        for office in Appointment.objects.filter(person=world.eve).order_by("office"):  # the chair rests on the other
            areas.end_appointment(appointment=office, until=clock.today(), by=world.gwen)
    elif how == "suspended":
        for office in Appointment.objects.filter(person=world.eve):
            areas.suspend(appointment=office, reason="A complaint.", by=world.gwen)
    else:
        areas.close_account(person=world.eve, area=world.area, reason="Left.", by=world.gwen)

    with is_refused("contributions_written_by_the_agency"), transaction.atomic():
        forge_writing(room, world.eve)
    with is_refused("contributions_released_by_the_delegate"), transaction.atomic():
        forge_release(room, world.eve)


def test_a_text_and_a_release_from_before_the_agency_was_asked(world, room):
    before = clock.now() - timedelta(1)

    with is_refused("contributions_written_by_the_agency"), transaction.atomic():
        forge_writing(room, world.eve, saved_at=before)
    with is_refused("contributions_released_by_the_delegate"), transaction.atomic():
        forge_release(room, world.eve, released_at=before)


def test_an_agency_without_a_delegate_by_law_releases_by_whoever_writes_for_it(world):
    seat, sol = rooms.school(world)
    room = rooms.asked(world, worlds.begun(world), seat)
    rooms.write(room, sol)
    room.refresh_from_db()

    with is_refused("contributions_released_by_the_delegate"), transaction.atomic():
        forge_release(room, world.eve)
    forge_release(room, sol)


def test_a_release_of_words_that_the_agency_did_not_save_last(world, room):
    rooms.write(room, world.cerys, "Later words.")
    room.refresh_from_db()

    for body in ("Forged.", SECRET):
        with is_refused("contributions_released_as_saved"), transaction.atomic():
            forge_release(room, world.eve, body)
    forge_release(room, world.eve, "Later words.")


def test_a_text_or_a_release_of_another_round_than_the_rooms(world, room):
    with is_refused("contributions_room_is_open"), transaction.atomic():
        forge_writing(room, world.eve, round=room.round + 1)
    with is_refused("contributions_room_is_open"), transaction.atomic():
        forge_release(room, world.eve, round=room.round + 1)


def test_a_text_beside_a_released_one_and_anything_in_a_closed_room(world, room):
    services.release(room=room, seen_revision=room.revision, by=world.eve)
    with is_refused("contributions_room_is_open"), transaction.atomic():
        forge_writing(room, world.eve)
    services.take_back(room=room, by=world.eve)
    services.do_without(room=room, reason="", by=world.gwen)

    with is_refused("contributions_room_is_open"), transaction.atomic():
        forge_writing(room, world.eve)
    with is_refused("contributions_room_is_open"), transaction.atomic():
        forge_release(room, world.eve)


def test_people_of_the_area_that_took_over_write_and_release_for_the_same_agency(world, room):
    new = worlds.area("Newshire")
    seat = areas.open_seat(area=new, agency=room.agency, kind="statutory", since=worlds.SINCE, by=None)
    worlds.appoint(world.ines, Office.DSP, new, seat)
    areas.succeed_area(predecessor=world.area, successors=[new], takes_over=new, on=date(2026, 9, 1), by=None)

    forge_writing(room, world.ines)
    forge_release(room, world.ines)
    assert room.writings.filter(saved_by=world.ines).exists()
    assert room.releases.filter(released_by=world.ines).exists()


def test_the_offices_that_the_database_knows_are_those_of_the_table():
    assert set(access.WRITERS) == {Office.LSP, Office.DSP, Office.EDUCATION, Office.CONTRIBUTOR}
    assert offices_with(Permission.RELEASE_CONTRIBUTION) == [Office.DSP]
