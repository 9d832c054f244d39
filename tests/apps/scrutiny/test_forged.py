"""A statement that was written past the services, straight into the table: what the database itself refuses."""

import hashlib
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from partnership import clock
from partnership.areas import services as areas
from partnership.areas.models import Appointment
from partnership.areas.roles import Office, Permission, offices_with
from partnership.documents import services as drafting
from scrutiny.models import Statement
from tests import worlds

pytestmark = pytest.mark.django_db
BODY = "A finding that nobody gave."


def forge(version, author, **more) -> Statement:
    words = {"author_name": author.name, "office_name": "Independent scrutineer", "number": 1, "body": BODY}
    hashed = hashlib.sha256(BODY.encode()).hexdigest()
    return Statement.objects.create(
        **{"document": version.document, "version": version, "author": author, **words, "sha256": hashed, **more}
    )


def is_refused(rule: str):
    return pytest.raises(IntegrityError, match=rule)


@pytest.mark.parametrize("name", ["amina", "dev", "eve", "gwen", "harry", "ines"])
def test_a_statement_of_somebody_who_is_no_scrutineer_of_the_area(world, name):
    version = worlds.written(world)

    with is_refused("scrutiny_statement_of_a_scrutineer"), transaction.atomic():
        forge(version, getattr(world, name))
    forge(version, world.femi)


def test_a_statement_of_the_scrutineer_of_another_area(world):
    worlds.appoint(world.ines, Office.SCRUTINEER, world.other_area)

    with is_refused("scrutiny_statement_of_a_scrutineer"), transaction.atomic():
        forge(worlds.written(world), world.ines)


@pytest.mark.parametrize("how", ["ended", "not begun", "suspended", "account closed"])
def test_a_statement_of_a_scrutineer_without_the_rights_of_the_office(world, how):
    version = worlds.written(world)
    office = Appointment.objects.get(person=world.femi)
    author = world.femi
    if how == "ended":
        areas.end_appointment(appointment=office, until=clock.today(), by=world.gwen)
    elif how == "suspended":
        areas.suspend(appointment=office, reason="A complaint.", by=world.gwen)
    elif how == "account closed":
        areas.close_account(person=author, area=world.area, reason="Left.", by=world.gwen)
    else:
        author = world.ines
        worlds.appoint(author, Office.SCRUTINEER, world.area, since=clock.today() + timedelta(1))

    with is_refused("scrutiny_statement_of_a_scrutineer"), transaction.atomic():
        forge(version, author)


def test_a_statement_from_before_its_draft_was_begun(world):
    with is_refused("scrutiny_statement_of_a_scrutineer"), transaction.atomic():
        forge(worlds.written(world), world.femi, given_at=clock.now() - timedelta(1))


def test_a_statement_on_a_version_that_is_frozen_signed_or_published(world):
    version = worlds.in_sign_off(world)

    with is_refused("scrutiny_statement_on_a_draft"), transaction.atomic():
        forge(version, world.femi)
    drafting.return_for_changes(version=version, seat=world.health, reason="Old figures.", by=world.ben)
    with is_refused("scrutiny_statement_on_a_draft"), transaction.atomic():
        forge(version, world.femi)


def test_a_statement_on_the_draft_of_another_document(world):
    other = worlds.begun(world, "arrangements", "2026")

    with is_refused("scrutiny_statement_on_a_draft"), transaction.atomic():
        forge(worlds.written(world), world.femi, document=other)


def test_the_scrutineer_of_the_area_that_took_over_may(world):
    version = worlds.written(world)
    new = worlds.area("Newshire")
    worlds.appoint(world.ines, Office.SCRUTINEER, new)
    areas.succeed_area(predecessor=world.area, successors=[new], takes_over=new, on=date(2026, 9, 1), by=None)

    assert forge(version, world.ines).pk


def test_the_office_that_the_database_knows_is_the_one_of_the_table():
    assert offices_with(Permission.GIVE_STATEMENT) == [Office.SCRUTINEER]
